import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { appointmentScope } from "@/lib/access/rules";
import { listAnswers } from "@/lib/booking/data/answers";
import { bookAppointment } from "@/lib/booking/mutations/book";
import type { Booking } from "@/lib/booking/types/booking";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { makePatient, makeUser } from "@/tests/support/factories";
import { breachesOfBook } from "@/tests/support/sound-book";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

// Read at the first use, which is below: many tests share one clock.
process.env.TRUECONF_GUEST_SEATS = "1000";

afterAll(async () => {
  expect(await breachesOfBook(db(), { seats: 1000 })).toEqual([]);
  await closeDb();
});

const nowDate = () => new Date(minuteNow().epochMilliseconds);

async function booked(booking: Booking) {
  const result = await bookAppointment(booking, minuteNow());
  if (!result.ok) throw new Error(result.reason);
  return db().appointment.findUniqueOrThrow({
    where: { id: result.value.appointmentId },
    include: { patient: true, consents: true, intakeAnswers: true },
  });
}

const account = async () => {
  const user = await makeUser(db(), { now: minuteNow(), name: "Karl Beispiel" });
  const patient = await makePatient(db(), { now: minuteNow(), userId: user.id, name: user.name });
  const as = (who: { id: string } | { name: string }): Booking["booker"] => ({
    kind: "account",
    userId: user.id,
    pseudonym: user.pseudonym,
    patient: who,
  });
  return { user, patient, as };
};

describe("booking for somebody else", () => {
  it("without an account keeps the patient's name and the contact's apart", async () => {
    const { patient } = await booked(
      guestBooking(await openClinic(), inHours(30), {
        booker: {
          kind: "guest",
          name: "Mia Beispiel",
          contactName: "Paula Beispiel",
          email: "paula@example.org",
          phone: undefined,
        },
      }),
    );
    expect(patient).toMatchObject({
      name: "Mia Beispiel",
      contactName: "Paula Beispiel",
      contactUserId: null,
    });
  });

  it("with an account makes a patient once for each name", async () => {
    const clinic = await openClinic();
    const { user, as } = await account();
    const book = (hour: number, name: string) =>
      booked(guestBooking(clinic, inHours(hour), { booker: as({ name }) }));
    const [first, again, other] = [
      await book(30, "Mia Beispiel"),
      await book(31, "mia beispiel"),
      await book(32, "Ben Beispiel"),
    ];
    expect(again.patientId).toBe(first.patientId);
    expect(other.patientId).not.toBe(first.patientId);
    expect(first.patient).toMatchObject({
      contactUserId: user.id,
      contactName: "Karl Beispiel",
      email: user.email,
      userId: null,
    });
    const later = await booked(guestBooking(clinic, inHours(33), { booker: as({ id: other.patientId }) }));
    expect(later.patientId).toBe(other.patientId);
  });

  it("twice at once for a new child makes one patient", async () => {
    const clinics = await Promise.all([openClinic(), openClinic(), openClinic()]);
    const { user, as } = await account();
    await Promise.all(
      clinics.map((clinic, n) =>
        booked(guestBooking(clinic, inHours(40 + n), { booker: as({ name: "Mia Beispiel" }) })),
      ),
    );
    expect(await db().patient.count({ where: { contactUserId: user.id } })).toBe(1);
  });

  it("for a patient of somebody else is refused, and nothing is written", async () => {
    const clinic = await openClinic();
    const [{ as }, stranger] = [await account(), await account()];
    for (const id of [stranger.patient.id, newId()]) {
      const result = await bookAppointment(
        guestBooking(clinic, inHours(30), { booker: as({ id }) }),
        minuteNow(),
      );
      expect(result).toEqual({ ok: false, reason: "unknown_patient" });
    }
    expect(await db().appointment.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(0);
  });

  it("the form of one account does not find the booking of another", async () => {
    const clinic = await openClinic();
    const [mine, theirs] = [await account(), await account()];
    const first = guestBooking(clinic, inHours(30), { booker: mine.as({ id: mine.patient.id }) });
    await booked(first);
    for (const booker of [theirs.as({ id: theirs.patient.id }), guestBooking(clinic, inHours(30)).booker]) {
      expect(await bookAppointment({ ...first, booker }, minuteNow())).toEqual({
        ok: false,
        reason: "already_booked",
      });
    }
  });
});

describe("a booking by staff", () => {
  const staff = (over: { overbookReason?: string } = {}): Booking["booker"] => ({
    kind: "staff",
    actor: { kind: "user", pseudonym: newId() },
    patient: { name: "Paula Beispiel", email: "paula@example.org", phone: undefined },
    ...over,
  });

  it("needs no notice, answers nothing and agrees to nothing", async () => {
    const clinic = await openClinic({ visitType: { minNoticeMinutes: 60 * 24 * 7 } });
    const asGuest = await bookAppointment(guestBooking(clinic, inHours(5)), minuteNow());
    expect(asGuest).toEqual({ ok: false, reason: "not_offered" });
    const { consents } = await booked(guestBooking(clinic, inHours(5), { booker: staff() }));
    expect(consents).toEqual([]);
  });

  it("goes on top of another visit only with a reason, which is kept sealed", async () => {
    const clinic = await openClinic();
    const startAt = inHours(30);
    await booked(guestBooking(clinic, startAt));
    const plain = await bookAppointment(guestBooking(clinic, startAt, { booker: staff() }), minuteNow());
    expect(plain).toEqual({ ok: false, reason: "slot_taken" });
    const over = await booked(
      guestBooking(clinic, startAt, { booker: staff({ overbookReason: "MARKED-REASON" }) }),
    );
    expect(Buffer.from(over.overbookReasonSealed ?? []).includes("MARKED-REASON")).toBe(false);
    expect(await db().slot.findUnique({ where: { appointmentId: over.id } })).toMatchObject({
      overbooked: true,
    });
  });

  it("made on top of another keeps its time when that one goes", async () => {
    const clinic = await openClinic();
    const startAt = inHours(34);
    const below = await booked(guestBooking(clinic, startAt));
    await booked(guestBooking(clinic, startAt, { booker: staff({ overbookReason: "It cannot wait" }) }));
    await db().slot.deleteMany({ where: { appointmentId: below.id } });
    await db().appointment.update({
      where: { id: below.id },
      data: { status: "cancelled", cancelledAt: nowDate(), cancelledBy: "staff" },
    });
    const next = await bookAppointment(guestBooking(clinic, startAt), minuteNow());
    expect(next).toEqual({ ok: false, reason: "slot_taken" });
  });

  it("with a reason is still not in the past, and for no unknown patient", async () => {
    const clinic = await openClinic();
    const reason = { overbookReason: "It cannot wait" };
    const past = guestBooking(clinic, inHours(-2), { booker: staff(reason) });
    expect(await bookAppointment(past, minuteNow())).toEqual({ ok: false, reason: "not_offered" });
    const nobody = { ...staff(), patient: { id: newId() } } as Booking["booker"];
    expect(await bookAppointment(guestBooking(clinic, inHours(30), { booker: nobody }), minuteNow())).toEqual(
      {
        ok: false,
        reason: "unknown_patient",
      },
    );
  });
});

describe("questions and consents", () => {
  afterEach(async () => {
    await db().consent.deleteMany({});
    await db().consentText.deleteMany({});
  });

  async function asking(...questions: { kind: "text" | "choice" | "number" | "date"; required?: boolean }[]) {
    const clinic = await openClinic();
    const ids = questions.map(() => newId());
    await db().intakeQuestion.createMany({
      data: questions.map(({ kind, required = false }, position) => ({
        id: ids[position] ?? "",
        visitTypeId: clinic.visitType.id,
        position,
        kind,
        required,
        labels: { en: `Question ${position}`, ru: `Вопрос ${position}` },
        ...(kind === "choice" ? { options: [{ value: "a", names: { en: "Yes", ru: "Да" } }] } : {}),
        createdAt: nowDate(),
      })),
    });
    return { clinic, ids };
  }
  const publish = (kind: "treatment" | "data", version: number) =>
    db().consentText.create({
      data: {
        id: newId(),
        kind,
        version,
        texts: { en: "An invented text", ru: "Выдуманный текст" },
        publishedAt: nowDate(),
      },
    });

  it("answers are kept sealed, and read as they were given", async () => {
    const { clinic, ids } = await asking({ kind: "text" }, { kind: "choice" }, { kind: "number" });
    const [text = "", choice = "", number = ""] = ids;
    const answers = { [text]: "MARKED-ANSWER", [choice]: "a", [number]: "37,5" };
    const { id, intakeAnswers } = await booked(guestBooking(clinic, inHours(30), { answers }));
    for (const { valueSealed } of intakeAnswers)
      expect(Buffer.from(valueSealed).includes("MARKED-ANSWER")).toBe(false);
    expect(
      (await listAnswers(db(), appointmentScope({ kind: "system" }), id, "en")).map(({ answer }) => answer),
    ).toEqual(["MARKED-ANSWER", "Yes", "37.5"]);
  });

  it("an answer that is missing, wrong or to another visit type's question is refused", async () => {
    const { clinic, ids } = await asking({ kind: "date", required: true });
    const [question = ""] = ids;
    const other = await asking({ kind: "text" });
    const wrong: Record<string, string>[] = [
      {},
      { [question]: "2027-02-30" },
      { [question]: "2027-02-03", [other.ids[0] ?? ""]: "x" },
      { [question]: "2027-02-03", [newId()]: "x" },
      { [question]: "x".repeat(10_240) },
    ];
    for (const answers of wrong) {
      expect(await bookAppointment(guestBooking(clinic, inHours(30), { answers }), minuteNow())).toEqual({
        ok: false,
        reason: "answers",
      });
    }
    expect(await db().slot.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(0);
  });

  it("an archived question is asked no more", async () => {
    const { clinic, ids } = await asking({ kind: "text", required: true });
    await db().intakeQuestion.updateMany({ where: { id: { in: ids } }, data: { archivedAt: nowDate() } });
    expect((await booked(guestBooking(clinic, inHours(30)))).intakeAnswers).toEqual([]);
  });

  it("nothing is booked until the present wording of everything is agreed to, and what was agreed to is written down", async () => {
    const clinic = await openClinic();
    const [old, data] = [await publish("treatment", 1), await publish("data", 1)];
    const agree = (...texts: { id: string }[]) =>
      guestBooking(clinic, inHours(30), { consentTextIds: texts.map(({ id }) => id), locale: "ru" });
    const refused = { ok: false, reason: "consents" };
    expect(await bookAppointment(agree(), minuteNow())).toEqual(refused);
    expect(await bookAppointment(agree(old), minuteNow())).toEqual(refused);
    const present = await publish("treatment", 2);
    expect(await bookAppointment(agree(old, data), minuteNow())).toEqual(refused);
    const { consents, patientId } = await booked(agree(present, data, old));
    expect(consents.map(({ consentTextId }) => consentTextId).toSorted()).toEqual(
      [present.id, data.id].toSorted(),
    );
    expect(consents.every(({ locale }) => locale === "ru")).toBe(true);
    expect(consents.every((consent) => consent.patientId === patientId)).toBe(true);
  });

  it("whatever is sent as answers and consents is booked or refused, never an error", async () => {
    const { clinic, ids } = await asking({ kind: "text" }, { kind: "number" }, { kind: "choice" });
    const idOrText = fc.oneof(fc.constantFrom(...ids), fc.string({ unit: "binary", maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(idOrText, fc.string({ unit: "binary", maxLength: 40 }), { maxKeys: 4 }),
        fc.array(fc.string({ unit: "binary", maxLength: 40 }), { maxLength: 3 }),
        async (answers, consentTextIds) => {
          const booking = guestBooking(clinic, inHours(50), { answers, consentTextIds });
          const result = await bookAppointment(booking, minuteNow());
          if (result.ok) await db().slot.deleteMany({ where: { practitionerId: clinic.practitioner.id } });
          if (result.ok)
            await db().appointment.updateMany({
              where: { id: result.value.appointmentId },
              data: { status: "cancelled", cancelledAt: nowDate(), cancelledBy: "system" },
            });
          expect(result.ok || result.reason === "answers").toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
