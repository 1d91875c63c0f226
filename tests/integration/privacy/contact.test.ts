import type { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { lookUpScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { findContact } from "@/lib/privacy/data/contact";
import { correctContact } from "@/lib/privacy/mutations/contact";
import { mintVisitLink } from "@/lib/security/access-link";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { actorOfUser } from "./erasure-person";

const now: Temporal.Instant = minuteNow();

const makeScheduler = async (): Promise<UserActor> =>
  actorOfUser(await makeUser(db(), { now, roles: ["scheduler"] }), ["scheduler"]);

/** Somebody who booked by telephone, with a visit to come and a link to it in a mail. */
async function makeBooked() {
  const patient = await makePatient(db(), { now, name: "Paula Beispiel", email: `${newId()}@example.org` });
  const visit = await makeAppointment(db(), {
    now,
    patient,
    practitioner: await makePractitioner(db(), { now }),
    visitType: await makeVisitType(db(), { now }),
    startAt: now.add({ hours: 30 }),
  });
  await mintVisitLink(db(), visit.id, now);
  return { patient, visit };
}

async function seenBy(actor: UserActor, patientId: string) {
  const contact = await findContact(db(), lookUpScope(actor), patientId);
  if (!contact) throw new Error("not there");
  return contact;
}

const patientOf = (id: string) => db().patient.findUniqueOrThrow({ where: { id } });
const eventsOf = (subjectPseudonym: string) =>
  db().auditEvent.findMany({ where: { action: "patient.corrected", subjectPseudonym } });

it("staff correct how somebody without an account is reached; the trail says who, and which fields", async () => {
  const [scheduler, { patient, visit }] = [await makeScheduler(), await makeBooked()];
  const seen = await seenBy(scheduler, patient.id);
  const said = { name: "Paula Beispiel-Muster", phone: "+49 30 555 0134", locale: "ru" };
  expect(await correctContact(scheduler, { ...seen, ...said }, now)).toEqual({ ok: true });
  expect(await patientOf(patient.id)).toMatchObject({ ...said, email: patient.email });
  expect(await db().appointment.findUniqueOrThrow({ where: { id: visit.id } })).toMatchObject({
    locale: "ru",
  });
  expect(await eventsOf(patient.pseudonym)).toMatchObject([
    {
      actorPseudonym: scheduler.pseudonym,
      details: { fields: ["name", "phone", "locale"] },
      entityId: null,
    },
  ]);
  // Its link goes on: the mail was for the right address.
  expect(await db().accessLink.count({ where: { appointmentId: visit.id, revokedAt: null } })).toBe(1);
  expect(await db().notification.count({ where: { patientId: patient.id } })).toBe(0);
});

it("another address ends the links in earlier mails, and what is to come is confirmed to the new one", async () => {
  const [scheduler, { patient, visit }] = [await makeScheduler(), await makeBooked()];
  const email = `right-${newId()}@example.org`;
  const seen = await seenBy(scheduler, patient.id);
  expect(await correctContact(scheduler, { ...seen, email }, now)).toEqual({ ok: true });
  expect(await patientOf(patient.id)).toMatchObject({ email, emailVerifiedAt: null });
  expect(await db().accessLink.count({ where: { appointmentId: visit.id, revokedAt: null } })).toBe(0);
  expect(await db().notification.findMany({ where: { patientId: patient.id } })).toMatchObject([
    { kind: "booking_confirmed", appointmentId: visit.id, status: "queued" },
  ]);
});

it("whoever has an account, or is spoken for by one, corrects it there", async () => {
  const scheduler = await makeScheduler();
  const user = await makeUser(db(), { now });
  const own = await makePatient(db(), { now, userId: user.id });
  const child = await makePatient(db(), { now });
  await db().patient.update({ where: { id: child.id }, data: { contactUserId: user.id } });
  for (const { id } of [own, child])
    expect(
      await correctContact(scheduler, { ...(await seenBy(scheduler, id)), name: "Fremd Beispiel" }, now),
    ).toEqual({ ok: false, reason: "has_account" });
});

it("from what is not so any more it is refused, what changes nothing leaves no trace, and a patient finds nobody", async () => {
  const [scheduler, { patient }] = [await makeScheduler(), await makeBooked()];
  const seen = await seenBy(scheduler, patient.id);
  expect(await correctContact(scheduler, seen, now)).toEqual({ ok: true });
  expect(await eventsOf(patient.pseudonym)).toEqual([]);
  await correctContact(scheduler, { ...seen, name: "Erste Beispiel" }, now);
  expect(await correctContact(scheduler, { ...seen, name: "Zweite Beispiel" }, now)).toEqual({
    ok: false,
    reason: "changed_meanwhile",
  });
  const stranger = actorOfUser(await makeUser(db(), { now }), ["patient"]);
  expect(await correctContact(stranger, seen, now)).toEqual({ ok: false, reason: "not_found" });
});
