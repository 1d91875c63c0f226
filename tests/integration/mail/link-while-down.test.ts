import { Temporal } from "temporal-polyfill";
import { afterAll, expect, it } from "vitest";
import { answerSignInRequest, requestSignInLink, signInWithLink } from "@/lib/auth/mutations/email-link";
import { newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { anyFreePort } from "@/lib/launcher/ports.mjs";
import { startMailbox } from "@/lib/mail/mailbox/start";
import type { Mailbox } from "@/lib/mail/mailbox/types";
import { closeMail } from "@/lib/mail/transport";
import { unsafeIsMailDelayed } from "@/lib/notifications/data";
import { hashToken } from "@/lib/security/tokens";
import { makeUser } from "@/tests/support/factories";
import { rowOf, send } from "./outbox";

const origin = { address: "192.0.2.1", userAgent: "test" };

let mailbox: Mailbox | undefined;
afterAll(async () => {
  closeMail();
  await mailbox?.close();
  await closeDb();
});

it("a link to sign in waits in the outbox while the mail server is down, which is known, and works once it is back", async () => {
  const smtpPort = await anyFreePort();
  // Before anything has asked for the configuration.
  process.env.SMTP_URL = `smtp://127.0.0.1:${smtpPort}`;
  const now = Temporal.Now.instant();
  const { email } = await makeUser(db(), { now });
  const browserHash = hashToken(newToken());
  await requestSignInLink({ email, browserHash }, origin, now);
  const request = await db().signInRequest.findFirstOrThrow({ where: { email } });
  await answerSignInRequest(request.id, now);
  const { id } = await db().notification.findFirstOrThrow({ where: { signInRequestId: request.id } });
  expect(await unsafeIsMailDelayed(db(), now)).toBe(false);

  await expect(send(id)).rejects.toThrow("unreachable");
  expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 1, lastFailure: "unreachable" });
  expect(await unsafeIsMailDelayed(db(), now)).toBe(true);

  mailbox = await startMailbox({ smtpPort });
  await send(id);
  expect(await rowOf(id)).toMatchObject({ status: "sent", attempts: 2 });
  expect(await unsafeIsMailDelayed(db(), now)).toBe(false);
  const [mail, ...others] = mailbox.messages();
  expect(others).toEqual([]);
  const token = mail?.text.match(/\/sign-in\/link\/([\w-]{43})/)?.[1] ?? "";
  expect(await signInWithLink({ token, browserHash }, origin, now)).toMatchObject({ ok: true });
});
