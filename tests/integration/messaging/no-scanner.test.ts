import { expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { attachFile } from "@/lib/messaging/mutations/attach";
import { PDF } from "@/tests/support/files";
import { minuteNow } from "../booking/clinic";
import { beginTalk } from "./talk";

/* Production, where nobody has said who looks at files. */
Object.assign(process.env, {
  PORTAL_MODE: "production",
  AUTH_SECRET: "a-secret-of-these-tests-and-of-nobody-else",
  DATA_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  TRUECONF_CLIENT_SECRET: "test-client-secret",
  SCAN_COMMAND: "",
});

it("no file is taken where nobody looks at them", async () => {
  const now = minuteNow();
  const { patient, conversationId } = await beginTalk(now);
  const taken = await attachFile(patient, "patient", { conversationId, name: "a.pdf", bytes: PDF }, now);
  expect(taken).toEqual({ ok: false, reason: "not_offered" });
  expect(await db().attachment.count()).toBe(0);
});
