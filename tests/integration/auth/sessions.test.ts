import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { ownAccountScope } from "@/lib/access/rules";
import { SESSION_LIMITS } from "@/lib/auth/constants";
import { findLiveSession, findSessions } from "@/lib/auth/data";
import { endOwnSessions, touchSession } from "@/lib/auth/mutations/sessions";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { makePractitioner, makeUser } from "@/tests/support/factories";

const PASSWORD = "a long demo password";
const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const origin = { address: "192.0.2.1", userAgent: "test" };

afterAll(closeDb);

const own = (userId: string) => ownAccountScope({ userId });

const newUser = (role: "patient" | "practitioner" | "administrator" = "patient") =>
  makeUser(db(), { now: start, password: PASSWORD, roles: [role] });

async function signIn(email: string, now = start): Promise<string> {
  const result = await signInWithPassword({ email, password: PASSWORD }, origin, now);
  if (!result.ok) throw new Error(result.reason);
  return result.value.sessionId;
}

const lives = async (sessionId: string, now = start): Promise<boolean> =>
  (await findLiveSession(db(), sessionId, now)) !== undefined;

describe("a session", () => {
  it.each(["patient", "practitioner", "administrator"] as const)(
    "of a %s ends when nothing is asked for too long, and at its limit whatever is asked",
    async (role) => {
      const { email } = await newUser(role);
      const { hours, idleMinutes } = SESSION_LIMITS[role];
      const sessionId = await signIn(email);
      const idle = start.add({ minutes: idleMinutes });
      expect(await lives(sessionId, idle.subtract({ seconds: 1 }))).toBe(true);
      expect(await lives(sessionId, idle)).toBe(false);

      const end = start.add({ hours });
      await touchSession(sessionId, end.subtract({ seconds: 2 }));
      expect(await lives(sessionId, end.subtract({ seconds: 1 }))).toBe(true);
      expect(await lives(sessionId, end)).toBe(false);
    },
  );

  it("is a new one at every sign-in", async () => {
    const { email } = await newUser();
    expect(await signIn(email)).not.toBe(await signIn(email));
  });

  it("ends with the next request of a user who was disabled, or whose roles were changed", async () => {
    const disabled = await newUser();
    const promoted = await newUser();
    const [first, second] = [await signIn(disabled.email), await signIn(promoted.email)];
    await db().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    await db().user.update({
      where: { id: promoted.id },
      data: { roles: ["patient", "practitioner"], sessionVersion: { increment: 1 } },
    });
    expect([await lives(first), await lives(second)]).toEqual([false, false]);
    expect(await findSessions(db(), own(promoted.id), promoted.id, start)).toEqual([]);
  });

  it("is a practitioner's only as long as the role is there, whatever rows are left", async () => {
    const { id: userId, email } = await newUser("practitioner");
    const { id } = await makePractitioner(db(), { now: start, userId });
    const before = await findLiveSession(db(), await signIn(email), start);
    expect(before?.actor.practitionerId).toBe(id);
    await db().user.update({ where: { id: userId }, data: { roles: ["scheduler"] } });
    const after = await findLiveSession(db(), await signIn(email), start);
    expect(after?.actor).toMatchObject({ roles: ["scheduler"], practitionerId: undefined });
  });
});

describe("the sessions of one's own", () => {
  it("are listed, the last used first, without those that have ended", async () => {
    const { id, email } = await newUser();
    const [first, second, third] = [await signIn(email), await signIn(email), await signIn(email)];
    await touchSession(first, start.add({ minutes: 20 }));
    await touchSession(second, start.add({ minutes: 10 }));
    await endOwnSessions(id, { only: third }, start);
    const listed = await findSessions(db(), own(id), id, start.add({ minutes: 30 }));
    expect(listed.map((session) => session.id)).toEqual([first, second]);
  });

  it("end one by one, or all but the one that asks, and each once in the trail", async () => {
    const { id, email, pseudonym } = await newUser();
    const [own, second, third] = [await signIn(email), await signIn(email), await signIn(email)];
    expect(await endOwnSessions(id, { only: second }, start)).toBe(1);
    expect(await endOwnSessions(id, { only: second }, start)).toBe(0);
    expect(await endOwnSessions(id, { except: own }, start)).toBe(1);
    expect([await lives(own), await lives(second), await lives(third)]).toEqual([true, false, false]);
    const ended = await db().auditEvent.count({
      where: { subjectPseudonym: pseudonym, action: "session.ended" },
    });
    expect(ended).toBe(2);
  });

  it("are nobody else's to end", async () => {
    const [owner, stranger] = [await newUser(), await newUser()];
    const theirs = await signIn(owner.email);
    expect(await endOwnSessions(stranger.id, { only: theirs }, start)).toBe(0);
    expect(await endOwnSessions(stranger.id, { except: newId() }, start)).toBe(0);
    expect(await lives(theirs)).toBe(true);
  });
});
