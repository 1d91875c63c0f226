import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { unsafeIsMailDelayed } from "@/lib/notifications/data";
import { toDate } from "@/lib/time/instant";
import { makeUser } from "@/tests/support/factories";

const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const at = (minutes: number) => start.add({ minutes });

beforeEach(async () => {
  await db().notification.deleteMany();
});
afterAll(closeDb);

async function mail(mark: {
  written: number;
  sent?: number;
  attempts?: number;
  failure?: "unreachable" | "no_address";
}) {
  const user = await makeUser(db(), { now: start });
  await db().notification.create({
    data: {
      id: newId(),
      kind: "sign_in_changed",
      userId: user.id,
      createdAt: toDate(at(mark.written)),
      attempts: mark.attempts ?? 0,
      lastFailure: mark.failure ?? null,
      ...(mark.sent === undefined ? {} : { status: "sent", sentAt: toDate(at(mark.sent)) }),
    },
  });
}

it("is not late while mails go out, or are just being written", async () => {
  expect(await unsafeIsMailDelayed(db(), at(0))).toBe(false);
  await mail({ written: 0, sent: 1, attempts: 1 });
  await mail({ written: 2 });
  expect(await unsafeIsMailDelayed(db(), at(4))).toBe(false);
});

it("is late once the mail server does not take one, until it takes another", async () => {
  await mail({ written: 0, sent: 1, attempts: 1 });
  await mail({ written: 2, attempts: 1, failure: "unreachable" });
  expect(await unsafeIsMailDelayed(db(), at(3))).toBe(true);
  await mail({ written: 3, sent: 4, attempts: 1 });
  expect(await unsafeIsMailDelayed(db(), at(5))).toBe(false);
});

it("is late when nobody works on the outbox", async () => {
  await mail({ written: 0 });
  expect(await unsafeIsMailDelayed(db(), at(5))).toBe(false);
  expect(await unsafeIsMailDelayed(db(), at(6))).toBe(true);
});
