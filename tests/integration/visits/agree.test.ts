import { beforeAll, describe, expect, it } from "vitest";
import { patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { listMissingConsents } from "@/lib/booking/data/intake";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import type { ConsentKind } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { agreeToVisit } from "@/lib/visits/mutations/agree";
import { makeAppointment, makePatient, makePractitioner, makeVisitType } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { practitionerActor, soon } from "./stage";

const now = minuteNow();

const publish = (kind: ConsentKind, version: number) =>
  db().consentText.create({
    data: { id: newId(), kind, version, texts: { en: "Agree", ru: "Согласие" }, publishedAt: toDate(now) },
  });

let texts: { id: string }[];
beforeAll(async () => {
  await publish("treatment", 1);
  texts = [await publish("treatment", 2), await publish("data", 1)];
});

/** A visit of which nobody has asked the patient anything. */
async function arranged() {
  const patient = await makePatient(db(), { now });
  const practitioner = await makePractitioner(db(), { now });
  const { id: appointmentId } = await makeAppointment(db(), {
    now,
    patient,
    practitioner,
    visitType: await makeVisitType(db(), { now }),
    startAt: soon(now),
  });
  const actor: Actor = { kind: "link", appointmentId, patientPseudonym: patient.pseudonym };
  return { appointmentId, patient: actor, practitioner: await practitionerActor(practitioner.id) };
}

const missing = async (actor: Actor, appointmentId: string) =>
  (await listMissingConsents(db(), patientScope(actor), appointmentId)).map(({ kind }) => kind);
const agree = (actor: Actor, appointmentId: string, consentTextIds: readonly string[]) =>
  agreeToVisit(actor, { appointmentId, consentTextIds, locale: "ru" }, now);
const all = () => texts.map(({ id }) => id);

describe("a visit that its patient did not book", () => {
  it("is agreed to on its page, in the present wording, once, and the trail says so", async () => {
    const { patient, appointmentId } = await arranged();
    expect(await missing(patient, appointmentId)).toEqual(["treatment", "data"]);
    expect(await agree(patient, appointmentId, all().slice(1))).toEqual({ ok: false, reason: "consents" });
    expect(await missing(patient, appointmentId)).toEqual(["treatment", "data"]);
    const twice = await Promise.all([1, 2].map(() => agree(patient, appointmentId, all())));
    expect(twice).toEqual([{ ok: true }, { ok: true }]);
    expect(await missing(patient, appointmentId)).toEqual([]);
    const kept = await db().consent.findMany({ where: { appointmentId }, orderBy: { id: "asc" } });
    expect(kept.map(({ consentTextId, locale }) => [consentTextId, locale])).toEqual(
      all().map((id) => [id, "ru"]),
    );
    const events = await db().auditEvent.findMany({
      where: { entityId: appointmentId, action: "consent.given" },
      orderBy: { sequence: "asc" },
    });
    expect(events.map(({ details }) => details)).toEqual([
      { kind: "treatment", version: 2 },
      { kind: "data", version: 1 },
    ]);
  });

  it("is not asked about again where another wording was agreed to before", async () => {
    const { patient, appointmentId } = await arranged();
    await agree(patient, appointmentId, all());
    texts[1] = await publish("data", 2);
    expect(await missing(patient, appointmentId)).toEqual([]);
    const { patient: later, appointmentId: another } = await arranged();
    expect(await agree(later, another, [texts[0]?.id ?? "", newId()])).toMatchObject({ reason: "consents" });
  });

  it("is agreed to by its patient alone, and before it has ended", async () => {
    const [{ patient, appointmentId, practitioner }, other] = [await arranged(), await arranged()];
    for (const actor of [practitioner, other.patient])
      expect(await agree(actor, appointmentId, all())).toEqual({ ok: false, reason: "not_found" });
    await db().appointment.update({ where: { id: appointmentId }, data: { status: "fulfilled" } });
    await db().encounter.update({
      where: { appointmentId },
      data: { status: "finished", startedAt: toDate(now), endedAt: toDate(now) },
    });
    expect(await agree(patient, appointmentId, all())).toEqual({ ok: false, reason: "ended" });
  });
});
