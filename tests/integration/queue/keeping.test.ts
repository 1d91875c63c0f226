import { afterAll, expect, it, vi } from "vitest";
import type { Role } from "@/lib/access/types";
import { startSession } from "@/lib/auth/mutations/sessions";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { loadQueue } from "@/lib/queue/loaders/staff";
import { givePriority } from "@/lib/queue/mutations/priority";
import { makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { actorOfUser } from "../privacy/erasure-person";
import { join, openQueue } from "./line";

let sid: string | undefined;
vi.mock("next-auth", () => ({ getServerSession: async () => (sid ? { sid } : null) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
afterAll(closeDb);

const now = minuteNow();

it.each<Role>(["scheduler", "administrator"])(
  "a %s sees that somebody goes first, and neither why they do nor why they come",
  async (role) => {
    const user = await makeUser(db(), { now, roles: [role] });
    const origin = { address: undefined, userAgent: undefined };
    const started = await transaction((tx) => startSession(tx, user.id, "password", origin, now));
    if (!started.ok) throw new Error("no session");
    sid = started.value.sessionId;
    await db().session.update({ where: { id: sid }, data: { secondStepByProvider: true } });
    const queue = await openQueue(now, 1);
    const ids = [await join(queue, now), await join(queue, now)];
    const [behind = "", first = ""] = ids;
    const reason = "Somebody wrote of a fever";
    expect(await givePriority(actorOfUser(user, [role]), { entryId: first, reason }, now)).toMatchObject({
      ok: true,
    });
    const { rows } = await loadQueue();
    expect(rows.filter(({ entryId }) => ids.includes(entryId))).toMatchObject([
      { entryId: first, goesFirst: true, place: 1 },
      { entryId: behind, goesFirst: false, place: 2 },
    ]);
    expect(JSON.stringify(rows)).not.toContain("fever");
    expect(JSON.stringify(rows)).not.toContain("An invented reason");
  },
);
