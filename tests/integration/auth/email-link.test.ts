import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { findSignInRequest } from "@/lib/auth/data";
import {
  answerSignInRequest,
  answerWaitingRequest,
  forgetSignInRequests,
  requestProofByMail,
  requestSignInLink,
  signInWithLink,
} from "@/lib/auth/mutations/email-link";
import { setSecondStep } from "@/lib/auth/mutations/second-step";
import { startSession } from "@/lib/auth/mutations/sessions";
import { newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { unsafeLoadNotification } from "@/lib/notifications/data";
import { obstacleTo } from "@/lib/notifications/rules";
import { mintSignInToken } from "@/lib/security/access-link";
import { hashToken } from "@/lib/security/tokens";
import { newTotpSecret, totpCode } from "@/lib/security/totp";
import { makeUser } from "@/tests/support/factories";

const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const later = (minutes: number) => start.add({ minutes });
const origin = { address: "192.0.2.1", userAgent: "test" };

afterAll(closeDb);

const newBrowser = () => hashToken(newToken());
const newPatient = (roles: ("patient" | "practitioner" | "administrator")[] = ["patient"]) =>
  makeUser(db(), { now: start, roles });

const requestsOf = (userId: string) => db().signInRequest.findMany({ where: { userId } });

/** Asks, and lets the worker look whose address it is. */
async function ask(email: string, browserHash = newBrowser(), now = start) {
  await requestSignInLink({ email, browserHash }, origin, now);
  for (const { id } of await db().signInRequest.findMany({ where: { email } }))
    await answerSignInRequest(id, now);
}

/** Asks from somewhere, and does what the worker then does: of a request that shares a mail, too. */
async function askAndAnswer(
  email: string,
  from: { address: string; device?: string },
  now: Temporal.Instant,
  browserHash = newBrowser(),
): Promise<string> {
  await requestSignInLink({ email, browserHash }, { userAgent: "test", ...from }, now);
  const { id } = await db().signInRequest.findFirstOrThrow({ where: { email, browserHash } });
  const [job] = await db().$queryRaw<{ name: string }[]>`
    SELECT "name" FROM "pgboss"."job" WHERE "data"->>'signInRequestId' = ${id}`;
  await (job?.name === "sign_in.waiting" ? answerWaitingRequest : answerSignInRequest)(id, now);
  return id;
}

const mailOf = (signInRequestId: string) => db().notification.findFirst({ where: { signInRequestId } });

/** A patient who has asked, and the token of the mail. */
async function asked(browserHash = newBrowser()) {
  const user = await newPatient();
  await ask(user.email, browserHash);
  const [request] = await requestsOf(user.id);
  if (!request) throw new Error("nothing was asked for");
  const notification = await db().notification.findFirstOrThrow({ where: { signInRequestId: request.id } });
  return {
    user,
    browserHash,
    requestId: request.id,
    notificationId: notification.id,
    token: await mintSignInToken(db(), request.id, start),
  };
}

const answer = (result: { ok: true } | { ok: false; reason: string }) => (result.ok ? "in" : result.reason);

describe("a link to sign in", () => {
  it("works once, in the browser that asked", async () => {
    const { token, browserHash } = await asked();
    const enter = (browser: Uint8Array<ArrayBuffer> | undefined) =>
      signInWithLink({ token, browserHash: browser }, origin, later(5));
    expect(answer(await enter(undefined))).toBe("link_invalid");
    expect(answer(await enter(newBrowser()))).toBe("link_invalid");
    expect(answer(await enter(browserHash))).toBe("in");
    expect(answer(await enter(browserHash))).toBe("link_invalid");
  });

  it("lets one in of many who come at once", async () => {
    const link = await asked();
    const results = await Promise.all([0, 1, 2, 3, 4].map(() => signInWithLink(link, origin, later(5))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is not used up by looking, and tells another browser nothing", async () => {
    const { token, browserHash } = await asked();
    for (let n = 0; n < 3; n += 1)
      expect((await findSignInRequest(db(), token, browserHash, later(1)))?.state).toBe("ready");
    expect((await findSignInRequest(db(), token, newBrowser(), later(1)))?.state).toBe("other_browser");
    expect((await findSignInRequest(db(), token, undefined, later(1)))?.state).toBe("other_browser");
    expect(await findSignInRequest(db(), newToken(), browserHash, later(1))).toBeUndefined();
  });

  it("ends ten minutes after it was sent, with a newer mail of the same request, and with any change of the account", async () => {
    const late = await asked();
    expect(answer(await signInWithLink(late, origin, later(10)))).toBe("link_invalid");
    // Of a mail that was late the time begins when it is sent.
    const token10 = await mintSignInToken(db(), late.requestId, later(25));
    expect(answer(await signInWithLink({ ...late, token: token10 }, origin, later(34)))).toBe("in");

    const again = await asked();
    const token = await mintSignInToken(db(), again.requestId, start);
    expect(answer(await signInWithLink(again, origin, later(1)))).toBe("link_invalid");
    expect(answer(await signInWithLink({ ...again, token }, origin, later(1)))).toBe("in");

    const changed = await asked();
    await db().user.update({ where: { id: changed.user.id }, data: { sessionVersion: { increment: 1 } } });
    expect(answer(await signInWithLink(changed, origin, later(1)))).toBe("link_invalid");

    const disabled = await asked();
    await db().user.update({ where: { id: disabled.user.id }, data: { disabledAt: new Date() } });
    expect(answer(await signInWithLink(disabled, origin, later(1)))).toBe("link_invalid");
  });

  it("does not do without the code of an account that has one", async () => {
    const user = await newPatient();
    const session = await transaction((tx) => startSession(tx, user.id, "invitation", origin, start));
    if (!session.ok) throw new Error("nothing refuses this");
    const secret = newTotpSecret();
    const actor = { userId: user.id, pseudonym: user.pseudonym, sessionId: session.value.sessionId };
    await setSecondStep(actor, { secret, code: totpCode(secret, start) }, origin, start);
    const browserHash = newBrowser();
    await ask(user.email, browserHash);
    const [request] = await requestsOf(user.id);
    const token = await mintSignInToken(db(), request?.id ?? "", start);
    const before = await db().session.count({ where: { userId: user.id } });
    expect(answer(await signInWithLink({ token, browserHash }, origin, later(1)))).toBe("second_step");
    expect(await db().session.count({ where: { userId: user.id } })).toBe(before);
    expect(answer(await signInWithLink({ token, browserHash }, origin, later(1)))).toBe("link_invalid");
  });
});

describe("asking for a link", () => {
  it.each([["practitioner"], ["administrator"], ["patient", "practitioner"]] as const)(
    "sends none to staff: %s %s",
    async (...roles) => {
      const user = await newPatient([...roles]);
      await ask(user.email);
      expect(await requestsOf(user.id)).toEqual([]);
    },
  );

  it("sends none to an address without an account, or with a disabled one", async () => {
    const user = await newPatient();
    await db().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
    const before = await db().notification.count();
    for (const email of [user.email, `${newToken().toLowerCase()}@example.org`]) await ask(email);
    expect(await db().notification.count()).toBe(before);
  });

  it("does the same whoever the address belongs to, and leaves the rest to the worker", async () => {
    const user = await newPatient();
    const staff = await newPatient(["administrator"]);
    const unknown = `${newToken().toLowerCase()}@example.org`;
    const written = await Promise.all(
      [user.email, staff.email, unknown].map(async (email) => {
        await requestSignInLink({ email, browserHash: newBrowser() }, origin, start);
        const row = await db().signInRequest.findFirstOrThrow({ where: { email } });
        return { userId: row.userId, sessionVersion: row.sessionVersion, tokenHash: row.tokenHash };
      }),
    );
    const nothing = { userId: null, sessionVersion: null, tokenHash: null };
    expect(written).toEqual([nothing, nothing, nothing]);
  });

  it("sends one mail, however often the worker is told", async () => {
    const user = await newPatient();
    await ask(user.email);
    const [request] = await requestsOf(user.id);
    await Promise.all([1, 2, 3].map(() => answerSignInRequest(request?.id ?? "", later(1))));
    expect(await db().notification.count({ where: { signInRequestId: request?.id ?? "" } })).toBe(1);
  });

  it("fills nobody's mailbox", async () => {
    const user = await newPatient();
    const mails = () => db().notification.count({ where: { userId: user.id } });
    for (let n = 0; n < 10; n += 1) await askAndAnswer(user.email, { address: "192.0.2.1" }, later(0));
    // Three at once, and the first that stands for all others.
    expect(await mails()).toBe(4);
    for (let n = 0; n < 30; n += 1) await askAndAnswer(user.email, { address: `198.51.100.${n}` }, later(20));
    expect(await mails()).toBe(3 + 7 + 2);
    for (let minute = 21; minute < 60; minute += 1)
      await askAndAnswer(user.email, { address: `203.0.113.${minute}` }, later(minute));
    expect(await mails()).toBe(3 + 7 + 2 + 3);
  });

  it("is not kept from its owner by strangers, at a browser that the account knows or in an open session", async () => {
    const user = await newPatient();
    const mails = () => db().notification.count({ where: { userId: user.id } });
    for (let n = 0; n < 40; n += 1) await askAndAnswer(user.email, { address: `203.0.113.${n}` }, later(1));
    const before = await mails();
    await askAndAnswer(user.email, { address: "192.0.2.1", device: "the owner's own" }, later(1));
    expect(await mails()).toBe(before + 1);
    await requestProofByMail(user.id, { browserHash: newBrowser() }, origin, later(2));
    const [asked] = await db().signInRequest.findMany({
      where: { email: user.email },
      orderBy: { id: "desc" },
      take: 1,
    });
    await answerSignInRequest(asked?.id ?? "", later(2));
    expect(await mails()).toBe(before + 2);
  });

  it("is not kept from its owner by strangers at a new browser either: the next mail's link works in every one that waits", async () => {
    const user = await newPatient();
    for (let n = 0; n < 40; n += 1) await askAndAnswer(user.email, { address: `203.0.113.${n}` }, later(1));
    const [own, stranger, unasked] = [newBrowser(), newBrowser(), newBrowser()];
    const first = await askAndAnswer(user.email, { address: "203.0.113.99" }, later(2), stranger);
    const mine = await askAndAnswer(user.email, { address: "192.0.2.1" }, later(3), own);
    expect(await mailOf(first)).toBeNull();
    // What waits is looked at again when there may be a mail.
    await answerWaitingRequest(first, later(11));
    await answerWaitingRequest(mine, later(11));
    expect(await mailOf(first)).not.toBeNull();
    expect(await mailOf(mine)).toBeNull();
    const token = await mintSignInToken(db(), first, later(12));
    expect(answer(await signInWithLink({ token, browserHash: unasked }, origin, later(13)))).toBe(
      "link_invalid",
    );
    expect(answer(await signInWithLink({ token, browserHash: own }, origin, later(21)))).toBe("in");
    expect(answer(await signInWithLink({ token, browserHash: stranger }, origin, later(21)))).toBe(
      "link_invalid",
    );
  });

  it("sends no mail about a link that was used or has ended, and keeps neither for long", async () => {
    const link = await asked();
    const obstacleAt = async (minutes: number) => {
      const row = await unsafeLoadNotification(db(), link.notificationId);
      return row ? obstacleTo(row, later(minutes)) : "gone";
    };
    expect(await obstacleAt(29)).toBeUndefined();
    expect(await obstacleAt(30)).toBe("too_late");
    await signInWithLink(link, origin, later(1));
    expect(await obstacleAt(2)).toBe("superseded");
    await forgetSignInRequests(start.add({ hours: 24 }));
    expect(await requestsOf(link.user.id)).toHaveLength(1);
    await forgetSignInRequests(start.add({ hours: 25 }));
    expect(await requestsOf(link.user.id)).toEqual([]);
  });
});
