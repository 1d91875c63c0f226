import type { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { lookUpScope, schedulingScope } from "@/lib/access/rules";
import type { Actor, Role, UserActor } from "@/lib/access/types";
import { searchPatients } from "@/lib/booking/data/patients";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { readPatientQuery } from "@/lib/booking/rules/patient-query";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { unseal } from "@/lib/security/seal";
import { bookAsStaffAction, cancelAsStaffAction, moveAsStaffAction } from "@/lib/visits/actions/staff";
import { makeAppointment, makePatient, makePractitioner, makeRules } from "@/tests/support/factories";
import { breachesOfBook } from "@/tests/support/sound-book";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

// Read at the first use, which is below: many tests share one clock.
process.env.TRUECONF_GUEST_SEATS = "1000";

let actor: Actor = { kind: "anonymous" };
let origin: string;

vi.mock("@/lib/auth/loaders", () => ({ loadActor: async () => actor }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin }),
  cookies: async () => new Map(),
}));
vi.mock("next/navigation", () => ({
  redirect: (path: string) => {
    throw new Error(`redirect ${path}`);
  },
}));

const user = (roles: Role[], practitionerId?: string): UserActor => ({
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles,
  practitionerId,
  patientId: undefined,
  pseudonym: newId(),
});

type Clinic = Awaited<ReturnType<typeof openClinic>>;
type Fields = Record<string, string>;
type Action = typeof bookAsStaffAction | typeof moveAsStaffAction | typeof cancelAsStaffAction;

/** What a form's action answers: its state, or where it leads. */
async function send(action: Action, fields: Fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  try {
    return await action({ status: "idle" }, form);
  } catch (error) {
    const path = error instanceof Error ? /^redirect (.*)$/.exec(error.message)?.[1] : undefined;
    if (path === undefined) throw error;
    return { status: "led", path } as const;
  }
}

const bookingFields = ({ practitioner, visitType }: Clinic, startAt: Temporal.Instant): Fields => ({
  area: "admin",
  practitionerId: practitioner.id,
  visitTypeId: visitType.id,
  startAt: startAt.toString(),
  idempotencyKey: newId(),
  intent: "book",
});
const newPatient: Fields = { who: "new", name: "Mia Beispiel", phone: "+49 30 1234567", locale: "ru" };

const visitsOf = (practitionerId: string) =>
  db().appointment.findMany({ where: { practitionerId }, include: { slot: true, patient: true } });
const reasonsOf = (answer: Awaited<ReturnType<typeof send>>) =>
  answer.status === "refused" ? answer.reason : answer.status;

beforeAll(() => {
  origin = new URL(env().PORTAL_URL).origin;
});
beforeEach(() => {
  actor = user(["administrator"]);
});
afterAll(async () => {
  expect(await breachesOfBook(db(), { seats: 1000 })).toEqual([]);
  await closeDb();
});

describe("booking on a patient's behalf", () => {
  it("makes a new patient with one way to reach them, who gets mails in their own language", async () => {
    const clinic = await openClinic({ visitType: { minNoticeMinutes: 600, horizonDays: 1 } });
    // Neither notice nor horizon bind staff.
    const answer = await send(bookAsStaffAction, { ...bookingFields(clinic, inHours(2)), ...newPatient });
    const [visit] = await visitsOf(clinic.practitioner.id);
    expect(answer).toEqual({ status: "led", path: `/admin/calendar/${visit?.id}?done=booked` });
    expect(visit).toMatchObject({ status: "booked", locale: "ru", slot: { overbooked: false } });
    expect(visit?.patient).toMatchObject({ name: "Mia Beispiel", email: null, phone: "+49 30 1234567" });
    const mails = await db().notification.findMany({ where: { appointmentId: visit?.id ?? "" } });
    expect(mails.map(({ kind }) => kind).toSorted()).toEqual(["booking_confirmed", "booking_received"]);
    const events = await db().auditEvent.findMany({ where: { entityId: visit?.id ?? "" } });
    expect(events.map(({ action, details }) => [action, details])).toEqual([
      ["appointment.booked", { by: "staff" }],
    ]);
    await send(bookAsStaffAction, { ...bookingFields(clinic, inHours(100)), ...newPatient });
    expect(await visitsOf(clinic.practitioner.id)).toHaveLength(2);
  });

  it("books what follows a visit for its patient alone, and after no visit of somebody else's", async () => {
    const clinic = await openClinic();
    const [patient, other] = [
      await makePatient(db(), { now: minuteNow() }),
      await makePatient(db(), { now: minuteNow() }),
    ];
    const known = { ...bookingFields(clinic, inHours(20)), who: "known", patientId: patient.id };
    await send(bookAsStaffAction, known);
    const [first] = await visitsOf(clinic.practitioner.id);
    const follow = (fields: Fields) =>
      send(bookAsStaffAction, {
        ...bookingFields(clinic, inHours(44)),
        who: "known",
        patientId: patient.id,
        followsId: first?.id ?? "",
        ...fields,
      });
    expect(await follow({ patientId: other.id })).toMatchObject({ reason: "unknown_patient" });
    expect(await follow({ followsId: newId() })).toMatchObject({ reason: "unknown_patient" });
    const stranger = await openClinic();
    const administrator = actor;
    actor = user(["practitioner"], stranger.practitioner.id);
    const theirs = { ...bookingFields(stranger, inHours(45)), area: "agenda" };
    expect((await follow(theirs)).status).toBe("refused");
    actor = administrator;
    expect(await visitsOf(stranger.practitioner.id)).toEqual([]);
    expect((await follow({})).status).toBe("led");
    expect((await visitsOf(clinic.practitioner.id)).map(({ followsId }) => followsId).toSorted()).toEqual([
      first?.id,
      null,
    ]);
  });

  it("books for somebody whom the clinic knows, in the language that they read", async () => {
    const clinic = await openClinic();
    const patient = await makePatient(db(), { now: minuteNow(), locale: "ru", timeZone: "Asia/Almaty" });
    const fields = { ...bookingFields(clinic, inHours(20)), who: "known", patientId: patient.id };
    await send(bookAsStaffAction, fields);
    expect(await visitsOf(clinic.practitioner.id)).toMatchObject([
      { patientId: patient.id, locale: "ru", timeZone: "Asia/Almaty" },
    ]);
    // The same form once more finds its first booking.
    expect((await send(bookAsStaffAction, fields)).status).toBe("led");
    expect(await visitsOf(clinic.practitioner.id)).toHaveLength(1);
  });

  it("asks for a name, and for an address or a phone", async () => {
    const clinic = await openClinic();
    const fields = bookingFields(clinic, inHours(20));
    expect(await send(bookAsStaffAction, { ...fields, who: "new", locale: "en" })).toMatchObject({
      reason: "invalid",
      fields: { name: "required" },
    });
    expect(
      await send(bookAsStaffAction, { ...fields, who: "new", locale: "en", name: "Mia Beispiel", phone: "" }),
    ).toMatchObject({ reason: "invalid", fields: { email: "no_contact" } });
    expect(await visitsOf(clinic.practitioner.id)).toEqual([]);
  });

  it("overbooks only with a written reason, which is kept sealed", async () => {
    const clinic = await openClinic({ visitType: { maxPerDay: 1 } });
    const startAt = inHours(20);
    await bookAppointment(guestBooking(clinic, startAt), minuteNow());
    const fields = { ...bookingFields(clinic, startAt), ...newPatient };
    expect(reasonsOf(await send(bookAsStaffAction, fields))).toBe("slot_taken");
    expect(reasonsOf(await send(bookAsStaffAction, { ...fields, overbookReason: "   " }))).toBe("slot_taken");
    const overbookReason = "An invented emergency";
    expect(reasonsOf(await send(bookAsStaffAction, { ...fields, overbookReason }))).toBe("led");
    const visit = (await visitsOf(clinic.practitioner.id)).find(({ slot }) => slot?.overbooked);
    const [keyId, sealed] = [
      visit?.overbookReasonKeyId ?? "",
      visit?.overbookReasonSealed ?? new Uint8Array(),
    ];
    expect(unseal({ keyId, sealed }, `appointment.overbook:${visit?.id}`)).toBe(overbookReason);
    // A patient finds neither of the two times free.
    const third = await bookAppointment(guestBooking(clinic, startAt), minuteNow());
    expect(third).toEqual({ ok: false, reason: "slot_taken" });
  });

  it("books nothing that has begun, whatever the reason", async () => {
    const clinic = await openClinic();
    const fields = {
      ...bookingFields(clinic, inHours(-3)),
      ...newPatient,
      overbookReason: "An invented reason",
    };
    expect(reasonsOf(await send(bookAsStaffAction, fields))).toBe("not_offered");
  });
});

describe("looking patients up", () => {
  const find = (as: Actor, text: string) => {
    const query = readPatientQuery(text);
    return query ? searchPatients(db(), lookUpScope(as), schedulingScope(as), query) : Promise.resolve([]);
  };

  it("finds a name in either alphabet, and an address or a number as it is", async () => {
    const mark = newId()
      .replaceAll(/[^a-f]/g, "")
      .slice(0, 6)
      .padEnd(6, "a");
    const patient = await makePatient(db(), {
      now: minuteNow(),
      name: `Тестова Щ${mark}`,
      email: `${mark}@example.org`,
      phone: `+49 30 ${BigInt(`0x${newId().slice(-8)}`)}`,
    });
    const ids = async (text: string) => (await find(actor, text)).map(({ patientId }) => patientId);
    expect(await ids(`testova Щ${mark}`)).toEqual([patient.id]);
    expect(await ids(`${mark}@EXAMPLE.org`)).toEqual([patient.id]);
    expect(await ids((patient.phone ?? "").replaceAll(" ", "-"))).toContain(patient.id);
    expect(await ids("%%")).toEqual([]);
  });

  it("shows practitioners only those who have had visits with them", async () => {
    const [mine, other] = [await openClinic(), await openClinic()];
    const name = `Paula ${newId().replaceAll(/\d|-/g, "")}xyz`;
    const booker = { kind: "guest", name, email: "paula@example.org", phone: undefined } as const;
    await bookAppointment(guestBooking(mine, inHours(30), { booker }), minuteNow());
    const practitioner = (id: string) => user(["practitioner"], id);
    expect(await find(practitioner(mine.practitioner.id), name)).toHaveLength(1);
    expect(await find(practitioner(other.practitioner.id), name)).toEqual([]);
    expect(await find(user(["patient"]), name)).toEqual([]);
    expect(await find(actor, name)).toHaveLength(1);
  });

  it("tells practitioners of their own last visit with somebody, and nothing of a colleague's", async () => {
    const [mine, other] = [await openClinic(), await openClinic()];
    const name = `Paula ${newId().replaceAll(/\d|-/g, "")}xyz`;
    const patient = await makePatient(db(), { now: minuteNow(), name });
    const visit = { now: minuteNow(), patient, visitType: mine.visitType };
    const [early, late] = [inHours(30), inHours(50)];
    await makeAppointment(db(), { ...visit, practitioner: mine.practitioner, startAt: early });
    await makeAppointment(db(), { ...visit, practitioner: other.practitioner, startAt: late });
    const lastOf = async (as: Actor) => (await find(as, name))[0]?.lastVisitAt?.toString();
    expect(await lastOf(user(["practitioner"], mine.practitioner.id))).toBe(early.toString());
    expect(await lastOf(actor)).toBe(late.toString());
  });

  it("writes into the trail that somebody looked, and not for whom", async () => {
    const clinic = await openClinic();
    const fields = { ...bookingFields(clinic, inHours(20)), intent: "find", search: "Nobodyofthisname" };
    expect(await send(bookAsStaffAction, fields)).toMatchObject({ reason: "unchosen", detail: [] });
    const looked = actor.kind === "user" ? actor.pseudonym : "";
    const events = await db().auditEvent.findMany({ where: { actorPseudonym: looked } });
    expect(events.map(({ action, details }) => ({ action, details }))).toEqual([
      { action: "patients.searched", details: { found: 0 } },
    ]);
    expect(
      JSON.stringify(events, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    ).not.toContain("Nobodyofthisname");
  });
});

describe("whose time staff keep", () => {
  async function twoPractitioners() {
    const clinic = await openClinic();
    const colleague = await makePractitioner(db(), {
      now: minuteNow(),
      timeZone: "UTC",
      visitTypeIds: [clinic.visitType.id],
    });
    await makeRules(db(), colleague.id);
    return { clinic, colleague };
  }
  const guestVisit = async (clinic: Clinic, startAt: Temporal.Instant) => {
    const booked = await bookAppointment(guestBooking(clinic, startAt), minuteNow());
    if (!booked.ok) throw new Error(booked.reason);
    return booked.value.appointmentId;
  };

  it("administrators give a visit to a colleague, and everybody hears of it", async () => {
    const { clinic, colleague } = await twoPractitioners();
    const startAt = inHours(30);
    const appointmentId = await guestVisit(clinic, startAt);
    const answer = await send(moveAsStaffAction, {
      area: "admin",
      appointmentId,
      practitionerId: colleague.id,
      startAt: startAt.toString(),
    });
    expect(answer).toEqual({ status: "led", path: `/admin/calendar/${appointmentId}?done=moved` });
    const moved = await db().appointment.findUniqueOrThrow({ where: { id: appointmentId } });
    expect(moved.practitionerId).toBe(colleague.id);
    const mails = await db().notification.findMany({ where: { appointmentId, sequence: 1 } });
    expect(mails.map(({ kind }) => kind).toSorted()).toEqual([
      "appointment_cancelled",
      "appointment_moved",
      "booking_received",
    ]);
  });

  it("two administrators who give two visits to one time leave one of them where it was", async () => {
    const { clinic, colleague } = await twoPractitioners();
    const ids = [await guestVisit(clinic, inHours(30)), await guestVisit(clinic, inHours(31))];
    const startAt = inHours(40);
    const answers = await Promise.all(
      ids.map((appointmentId) =>
        rescheduleAppointment({ appointmentId, practitionerId: colleague.id, startAt }, actor, minuteNow()),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.reason)).toSorted()).toEqual([
      "ok",
      "slot_taken",
    ]);
  });

  it("practitioners keep their own, and find no other's", async () => {
    const { clinic, colleague } = await twoPractitioners();
    const appointmentId = await guestVisit(clinic, inHours(30));
    const move = { area: "agenda", appointmentId, practitionerId: clinic.practitioner.id };
    actor = user(["practitioner"], colleague.id);
    const booking = { ...bookingFields(clinic, inHours(50)), area: "agenda", ...newPatient };
    expect(reasonsOf(await send(moveAsStaffAction, { ...move, startAt: inHours(35).toString() }))).toBe(
      "not_found",
    );
    expect(
      reasonsOf(
        await send(cancelAsStaffAction, { area: "agenda", appointmentId, reason: "An invented reason" }),
      ),
    ).toBe("not_found");
    expect(reasonsOf(await send(bookAsStaffAction, booking))).toBe("not_offered");
    const stranger = await makePatient(db(), { now: minuteNow() });
    const own = { ...booking, practitionerId: colleague.id, who: "known", patientId: stranger.id };
    expect(reasonsOf(await send(bookAsStaffAction, own))).toBe("unknown_patient");

    actor = user(["practitioner"], clinic.practitioner.id);
    expect(await send(moveAsStaffAction, { ...move, startAt: inHours(35).toString() })).toEqual({
      status: "led",
      path: `/agenda/${appointmentId}?done=moved`,
    });
    expect(await send(cancelAsStaffAction, { area: "agenda", appointmentId, reason: "" })).toMatchObject({
      reason: "invalid",
      fields: { reason: "required" },
    });
  });

  it.each([
    ["nobody", () => ({ kind: "anonymous" }) as Actor],
    ["a patient", () => user(["patient"])],
    [
      "the holder of a personal link",
      () => ({ kind: "link", appointmentId: newId(), patientPseudonym: newId() }) as Actor,
    ],
  ])("%s keeps none", async (_who, stranger) => {
    const clinic = await openClinic();
    const appointmentId = await guestVisit(clinic, inHours(30));
    actor = stranger();
    const common = { area: "admin", appointmentId };
    const startAt = inHours(35).toString();
    for (const answer of [
      await send(bookAsStaffAction, { ...bookingFields(clinic, inHours(50)), ...newPatient }),
      await send(bookAsStaffAction, {
        ...bookingFields(clinic, inHours(50)),
        intent: "find",
        search: "Paula",
      }),
      await send(moveAsStaffAction, { ...common, practitionerId: clinic.practitioner.id, startAt }),
      await send(cancelAsStaffAction, { ...common, reason: "An invented reason" }),
    ])
      expect(answer).toMatchObject({ status: "refused", reason: "forbidden" });
    expect(await visitsOf(clinic.practitioner.id)).toHaveLength(1);
  });
});
