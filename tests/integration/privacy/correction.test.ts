import type { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { ownPatientScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { findProfile, listProfiles } from "@/lib/privacy/data/profile";
import { correctProfile } from "@/lib/privacy/mutations/correction";
import type { Profile } from "@/lib/privacy/types";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";

const now: Temporal.Instant = minuteNow();

/** A patient with an account, who speaks for a child. */
async function openFamily() {
  const user = await makeUser(db(), { now });
  const own = await makePatient(db(), { now, userId: user.id });
  const child = await makePatient(db(), { now, name: "Kind Beispiel" });
  await db().patient.update({ where: { id: child.id }, data: { contactUserId: user.id } });
  const actor: UserActor = {
    kind: "user",
    userId: user.id,
    sessionId: newId(),
    roles: ["patient"],
    practitionerId: undefined,
    patientId: own.id,
    pseudonym: user.pseudonym,
  };
  return { actor, own, child };
}

async function profileOf(actor: UserActor, patientId: string): Promise<Profile> {
  const profile = await findProfile(db(), ownPatientScope(actor), patientId);
  if (!profile) throw new Error("not theirs");
  return profile;
}

const eventsOf = ({ pseudonym }: { pseudonym: string }) =>
  db().auditEvent.findMany({ where: { action: "patient.corrected", subjectPseudonym: pseudonym } });

describe("a correction", () => {
  it("changes the record and the account, and names in the trail what was corrected, not to what", async () => {
    const { actor, own } = await openFamily();
    const seen = await profileOf(actor, own.id);
    const said = { name: "Pauline Beispiel-Muster", phone: "+49 30 555 0134", locale: "ru" };
    expect(await correctProfile(actor, { ...seen, ...said }, now)).toEqual({ ok: true });
    expect(await db().patient.findUniqueOrThrow({ where: { id: own.id } })).toMatchObject(said);
    expect(await db().user.findUniqueOrThrow({ where: { id: actor.userId } })).toMatchObject({
      name: said.name,
      locale: said.locale,
      timeZone: seen.timeZone,
    });
    const [event, ...more] = await eventsOf(own);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ subjectPseudonym: own.pseudonym, actorPseudonym: actor.pseudonym });
    expect(event?.details).toEqual({ fields: ["name", "phone", "locale"] });
  });

  it("of somebody they speak for leaves the account as it is", async () => {
    const { actor, child } = await openFamily();
    const before = await db().user.findUniqueOrThrow({ where: { id: actor.userId } });
    const seen = await profileOf(actor, child.id);
    expect(await correctProfile(actor, { ...seen, name: "Kim Beispiel" }, now)).toEqual({ ok: true });
    expect((await profileOf(actor, child.id)).name).toBe("Kim Beispiel");
    expect(await db().user.findUniqueOrThrow({ where: { id: actor.userId } })).toEqual(before);
  });

  it("takes a telephone number away", async () => {
    const { actor, own } = await openFamily();
    await db().patient.update({ where: { id: own.id }, data: { phone: "+49 30 555 0134" } });
    const seen = await profileOf(actor, own.id);
    expect(await correctProfile(actor, { ...seen, phone: undefined }, now)).toEqual({ ok: true });
    expect((await profileOf(actor, own.id)).phone).toBeUndefined();
  });

  it("of one's own name is the contact's name of those one speaks for, and of nobody else", async () => {
    const [{ actor, own, child }, stranger] = [await openFamily(), await openFamily()];
    const seen = await profileOf(actor, own.id);
    await correctProfile(actor, { ...seen, name: "Pauline Beispiel-Muster" }, now);
    const contactOf = async (id: string) =>
      (await db().patient.findUniqueOrThrow({ where: { id } })).contactName;
    expect(await contactOf(child.id)).toBe("Pauline Beispiel-Muster");
    expect(await contactOf(stranger.child.id)).toBe(stranger.child.contactName);
  });

  it("of language and zone holds for visits that are booked already, and leaves those behind as they were", async () => {
    const { actor, own } = await openFamily();
    const [practitioner, visitType] = [
      await makePractitioner(db(), { now }),
      await makeVisitType(db(), { now }),
    ];
    const visit = (hours: number) =>
      makeAppointment(db(), { now, patient: own, practitioner, visitType, startAt: now.add({ hours }) });
    const [past, ahead] = [await visit(-24), await visit(24)];
    const mailsOf = ({ id }: { id: string }) =>
      db().appointment.findUniqueOrThrow({ where: { id }, select: { locale: true, timeZone: true } });
    const before = await mailsOf(past);

    await correctProfile(actor, { ...(await profileOf(actor, own.id)), locale: "ru" }, now);
    expect(await mailsOf(ahead)).toEqual({ locale: "ru", timeZone: ahead.timeZone });
    await correctProfile(actor, { ...(await profileOf(actor, own.id)), timeZone: "Asia/Yekaterinburg" }, now);
    expect(await mailsOf(ahead)).toEqual({ locale: "ru", timeZone: "Asia/Yekaterinburg" });
    expect(await mailsOf(past)).toEqual(before);
  });

  it("that changes nothing leaves no trace", async () => {
    const { actor, own } = await openFamily();
    expect(await correctProfile(actor, await profileOf(actor, own.id), now)).toEqual({ ok: true });
    expect(await eventsOf(own)).toEqual([]);
  });

  it("from what is not so any more is refused, and of two at once one holds", async () => {
    const { actor, own } = await openFamily();
    const seen = await profileOf(actor, own.id);
    const names = ["Erste Beispiel", "Zweite Beispiel"];
    const results = await Promise.all(names.map((name) => correctProfile(actor, { ...seen, name }, now)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, reason: "changed_meanwhile" });
    const held = names[results.findIndex(({ ok }) => ok)];
    expect((await profileOf(actor, own.id)).name).toBe(held);
  });

  it("of somebody else's record finds none, and changes none", async () => {
    const [{ actor }, { actor: other, own, child }] = [await openFamily(), await openFamily()];
    for (const { id } of [own, child]) {
      const seen = await profileOf(other, id);
      expect(await correctProfile(actor, { ...seen, name: "Fremd Beispiel" }, now)).toEqual({
        ok: false,
        reason: "not_found",
      });
      expect((await profileOf(other, id)).name).toBe(seen.name);
    }
  });

  it("is offered for one's own record first, then for those one speaks for", async () => {
    const { actor, own, child } = await openFamily();
    expect((await listProfiles(db(), ownPatientScope(actor))).map(({ patientId }) => patientId)).toEqual([
      own.id,
      child.id,
    ]);
  });
});
