import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { toDate } from "@/lib/time/instant";
import type { NotificationRow } from "./data";
import { type Clinic, formatMail } from "./format";

const now = Temporal.Instant.from("2027-03-01T08:00:00Z");
const TOKEN = "tok_en-0123456789012345678901234567890123456789";
const clinic: Clinic = {
  name: "Example Clinic",
  phone: "+49 30 000000",
  timeZone: "Europe/Berlin",
  portalUrl: "https://visits.clinic.example",
  sender: { name: "Example Clinic", address: "visits@clinic.example" },
};
const appointment: NonNullable<NotificationRow["appointment"]> = {
  id: "0198a0a0-0000-7000-8000-000000000001",
  practitionerId: "0198a0a0-0000-7000-8000-000000000004",
  status: "booked",
  startAt: toDate(Temporal.Instant.from("2027-03-16T09:30:00Z")),
  endAt: toDate(Temporal.Instant.from("2027-03-16T09:50:00Z")),
  timeZone: "Asia/Yekaterinburg",
  locale: "en",
  sequence: 0,
  movedFromAt: null,
  practitioner: {
    displayName: "Dr Ada Example",
    timeZone: "Europe/Berlin",
    userId: "0198a0a0-0000-7000-8000-000000000002",
  },
  patient: { pseudonym: "0198a0a0-0000-7000-8000-000000000005" },
  visitType: { names: { en: "First visit", ru: "Первичный приём" } },
  encounter: { status: "planned", conference: { openedAt: toDate(now) } },
  waitlistOffer: null,
};
const user: NonNullable<NotificationRow["user"]> = {
  id: "0198a0a0-0000-7000-8000-000000000002",
  pseudonym: "0198a0a0-0000-7000-8000-000000000006",
  email: "ada@clinic.example",
  name: "Dr Ada Example",
  locale: "en",
  timeZone: null,
  passwordHash: null,
  enteredAt: null,
  disabledAt: null,
};
const toPatient: NotificationRow = {
  id: "0198a0a0-0000-7000-8000-000000000003",
  kind: "booking_confirmed",
  status: "queued",
  sequence: 0,
  createdAt: toDate(now),
  reminderMinutes: null,
  patient: {
    userId: null,
    pseudonym: "0198a0a0-0000-7000-8000-000000000005",
    email: "paula@patient.example",
    locale: "en",
    timeZone: "Asia/Yekaterinburg",
  },
  user: null,
  appointment,
  waitlistEntry: null,
  thirdPerson: null,
  conversation: null,
  signInRequest: null,
  emailChange: null,
  dataExport: null,
  erasure: null,
};
const toStaff: NotificationRow = { ...toPatient, kind: "booking_received", patient: null, user };
const russian = (row: NotificationRow): NotificationRow => ({
  ...row,
  user: row.user && { ...row.user, locale: "ru" },
  patient: row.patient && { ...row.patient, locale: "ru" },
  appointment: row.appointment && { ...row.appointment, locale: "ru" },
  waitlistEntry: row.waitlistEntry && { ...row.waitlistEntry, locale: "ru" },
  thirdPerson: row.thirdPerson && { ...row.thirdPerson, locale: "ru" },
});

const url = `https://visits.clinic.example/v/${TOKEN}`;
/** A mail as it is sent; the list of visits, where there is one, has this one visit in it. */
const write = (row: NotificationRow, from: Clinic = clinic, button = url) =>
  formatMail(row, {
    clinic: from,
    url: button,
    listed: row.kind === "visit_list" ? [{ appointment: listedOf(row), url }] : undefined,
    lateMinutes: row.kind === "running_late" ? 20 : 0,
    now,
  });
const listedOf = (row: NotificationRow) =>
  row.appointment ?? { ...appointment, locale: row.patient?.locale ?? "en" };
const entryOf = (text: string | undefined) =>
  new ICAL.Event(new ICAL.Component(ICAL.parse(text ?? "")).getFirstSubcomponent("vevent")!);

describe("a patient's confirmation", () => {
  it("says when on the patient's clock, and on the practitioner's where that differs", async () => {
    const { subject, text } = await write(toPatient);
    expect(subject).toBe("Your visit is booked: Tue 16 Mar, 14:30");
    expect(text).toContain("Tuesday 16 March, 14:30–14:50");
    expect(text).toContain("Yekaterinburg time, GMT+5");
    expect(text).toContain("For the practitioner: Tue 16 Mar, 10:30 (Berlin time)");
    expect(text).toContain("First visit, 20 minutes, by video");
    expect(text).toContain("Dr Ada Example");
    expect(text).toContain(url);
    expect(text).toContain("call us: +49\u00a030\u00a0000000");
  });

  it("names one clock where both show the same", async () => {
    const here = { ...toPatient, appointment: { ...appointment, timeZone: "Europe/Rome" } };
    expect((await write(here)).text).not.toContain("For the practitioner");
  });

  it("is Russian where the booking was", async () => {
    const { subject, text, html, headers } = await write(russian(toPatient));
    expect(subject).toBe("Вы записаны: вт, 16 мар. в 14:30");
    expect(text).toContain("Вторник, 16 марта, 14:30–14:50");
    expect(text).toContain("Первичный приём, 20 мин, по видеосвязи");
    expect(html).toContain('<html lang="ru"');
    expect(headers).toEqual({ "Content-Language": "ru" });
  });

  it("speaks of a link that follows only while the conference is to be made", async () => {
    expect((await write(toPatient)).text).not.toContain("It follows by itself");
    const status = "planned";
    for (const encounter of [
      null,
      { status, conference: null },
      { status, conference: { openedAt: null } },
    ] as const) {
      const pending = { ...toPatient, appointment: { ...appointment, encounter } };
      expect((await write(pending)).text).toContain("It follows by itself");
    }
  });

  it("brings an entry for the calendar that leads to the portal", async () => {
    const { calendar, messageId } = await write(toPatient);
    expect(messageId).toBe(`${toPatient.id}@visits.clinic.example`);
    expect(calendar?.method).toBe("REQUEST");
    const entry = entryOf(calendar?.content);
    expect(entry.uid).toBe(`${appointment.id}@visits.clinic.example`);
    expect(entry.summary).toBe("Video visit with Dr Ada Example");
    expect(entry.location).toBe(url);
    expect(entry.description).toContain(url);
    expect(entry.startDate.toJSDate().toISOString()).toBe("2027-03-16T09:30:00.000Z");
    expect(String(entry.attendees[0]?.getFirstValue()).toLowerCase()).toBe("mailto:paula@patient.example");
  });

  it("does without a phone number", async () => {
    const { text, html } = await write(toPatient, { ...clinic, phone: undefined });
    expect(text + html).not.toMatch(/undefined|call us|Phone/);
  });
});

describe("a practitioner's notice", () => {
  it("says when on their own clock, and nothing of the patient", async () => {
    const { to, subject, text, calendar } = await write(toStaff, clinic, `${clinic.portalUrl}/agenda/a`);
    expect(to).toEqual({ name: "Dr Ada Example", address: "ada@clinic.example" });
    expect(subject).toBe("New visit: Tue 16 Mar, 10:30");
    expect(text).toContain("Tuesday 16 March, 10:30–10:50");
    expect(text).toContain("Berlin time, GMT+1");
    expect(text).not.toMatch(/For the practitioner|paula/i);
    expect(calendar?.content).not.toMatch(/paula/i);
    expect(entryOf(calendar?.content).summary).toBe("Video visit");
  });
});

describe("a cancellation", () => {
  const cancelled = { ...appointment, status: "cancelled" as const, sequence: 1 };
  it.each([toPatient, toStaff])("takes the visit out of the calendar again", async (row) => {
    const mail = await write(
      { ...row, kind: "appointment_cancelled", sequence: 1, appointment: cancelled },
      clinic,
      `${clinic.portalUrl}/`,
    );
    expect(mail.calendar?.method).toBe("CANCEL");
    const entry = entryOf(mail.calendar?.content);
    expect([entry.uid, entry.sequence]).toEqual([`${appointment.id}@visits.clinic.example`, 1]);
    expect(mail.subject).toMatch(/cancelled: Tue 16 Mar/);
    expect(mail.text + mail.html + mail.calendar?.content).not.toContain("/v/");
  });
});

describe("a visit that was moved", () => {
  const moved = {
    ...appointment,
    sequence: 1,
    movedFromAt: toDate(Temporal.Instant.from("2027-03-15T08:00:00Z")),
  };
  const row: NotificationRow = { ...toPatient, kind: "appointment_moved", sequence: 1, appointment: moved };

  it("has its new time first and its old one to tell it apart, and moves in the calendar", async () => {
    const { subject, text, calendar } = await write(row);
    expect(subject).toBe("Your visit was moved: Tue 16 Mar, 14:30");
    expect(text).toContain("Tuesday 16 March, 14:30–14:50");
    expect(text).toContain("Before, it was to be on Monday 15 March, 13:00 (Yekaterinburg time)");
    expect(text).toContain(url);
    expect(calendar?.method).toBe("REQUEST");
    const entry = entryOf(calendar?.content);
    expect([entry.uid, entry.sequence]).toEqual([`${appointment.id}@visits.clinic.example`, 1]);
  });

  it("is told to its practitioner without a word on the patient", async () => {
    const { text } = await write({ ...row, patient: null, user }, clinic, `${clinic.portalUrl}/agenda/a`);
    expect(text).toContain("Tuesday 16 March, 10:30–10:50");
    expect(text).toContain("Monday 15 March, 09:00 (Berlin time)");
    expect(text).not.toMatch(/paula/i);
  });

  it("is cancelled for whoever has lost it to a colleague, at the time that they knew", async () => {
    const colleague = { ...moved, practitioner: { ...moved.practitioner, userId: "another" } };
    const mail = await write(
      { ...toStaff, kind: "appointment_cancelled", sequence: 1, appointment: colleague },
      clinic,
      `${clinic.portalUrl}/agenda`,
    );
    expect(mail.subject).toBe("Visit cancelled: Mon 15 Mar, 09:00");
    expect(mail.text).toContain("Monday 15 March, 09:00–09:20");
    expect(mail.calendar?.method).toBe("CANCEL");
  });
});

const REMINDER: NotificationRow = { ...toPatient, kind: "appointment_reminder", reminderMinutes: 60 };
const LIST: NotificationRow = { ...toPatient, kind: "visit_list", sequence: null, appointment: null };
const ENTRY: NonNullable<NotificationRow["waitlistEntry"]> = {
  id: "0198a0a0-0000-7000-8000-000000000009",
  status: "waiting",
  fromOn: toDate(Temporal.Instant.from("2027-03-14T00:00:00Z")),
  toOn: toDate(Temporal.Instant.from("2027-03-31T00:00:00Z")),
  weekdays: [1, 2],
  fromTime: "09:00",
  toTime: "12:00",
  timeZone: "Asia/Yekaterinburg",
  locale: "en",
  visitType: { names: { en: "First visit", ru: "Первичный приём" } },
  practitioner: { displayName: "Dr Ada Example" },
  specialty: null,
};
const JOINED: NotificationRow = {
  ...toPatient,
  kind: "waitlist_joined",
  sequence: null,
  appointment: null,
  waitlistEntry: ENTRY,
};
const OFFER: NotificationRow = {
  ...toPatient,
  kind: "waitlist_offer",
  waitlistEntry: ENTRY,
  appointment: {
    ...appointment,
    status: "pending",
    encounter: null,
    waitlistOffer: { status: "open", expiresAt: toDate(Temporal.Instant.from("2027-03-01T09:00:00Z")) },
  },
};

describe("a reminder", () => {
  it("leads into the visit and to the check, and brings no second entry for the calendar", async () => {
    const { subject, text, calendar } = await write(REMINDER);
    expect(subject).toBe("Reminder: your visit on Tue 16 Mar, 14:30");
    expect(text).toContain(url);
    expect(text).toContain(`${url}/check`);
    expect(calendar).toBeUndefined();
  });
});

describe("mails about signing in", () => {
  const account: NotificationRow = { ...toStaff, sequence: null, appointment: null };
  const expiresAt = toDate(Temporal.Instant.from("2027-03-14T09:30:00Z"));
  const asked = {
    id: account.id,
    email: "new@patient.example",
    expiresAt,
    createdAt: account.createdAt,
    usedAt: null,
    user: null,
  };

  it("bring the link and its end, and say that anybody may have asked", async () => {
    const { subject, text } = await write({
      ...account,
      kind: "sign_in_link",
      signInRequest: { ...asked, locale: null, timeZone: null },
    });
    expect(subject).toMatch(/^Sign in: /);
    expect(text).toContain(url);
    expect(text).toContain("The link works once, until");
    expect(text).toContain("If you did not ask for it");
  });

  it("go to whoever registers in their own language, without what was typed", async () => {
    const { to, subject, text } = await write({
      ...account,
      kind: "registration_link",
      user: null,
      signInRequest: { ...asked, locale: "ru", timeZone: "Asia/Yekaterinburg" },
    });
    expect(to).toEqual({ name: "", address: asked.email });
    expect(subject).toMatch(/^Подтвердите адрес: /);
    expect(text).toContain(url);
    // Ten minutes from its sending.
    expect(text).toContain("13:10");
  });

  it("bring staff who forgot their password a link for an hour, and say that a code is still asked for", async () => {
    const { subject, text } = await write({ ...account, kind: "password_reset" });
    expect(subject).toMatch(/^Set another password: /);
    expect(text).toContain(url);
    expect(text).toContain("you are asked for it afterwards");
  });

  it("go to the new address for a proof, and to the former one for a warning that does not name the new", async () => {
    const emailChange = { ...asked, formerEmail: "old@patient.example" };
    const proof = await write({ ...account, kind: "email_change_link", emailChange });
    expect(proof.to.address).toBe(asked.email);
    expect(proof.text).toContain(url);
    const warning = await write({ ...account, kind: "email_changed", emailChange });
    expect(warning.to.address).toBe("old@patient.example");
    expect(warning.text).not.toContain(asked.email);
    expect(warning.text).toContain("call us at once");
  });

  it("tell the owner of a change, and whom to call", async () => {
    const { subject, text } = await write({ ...account, kind: "sign_in_changed" });
    expect(subject).toMatch(/^How you sign in was changed: /);
    expect(text).toContain("If that was not you");
  });

  it("tell whoever was erased, at an address that stands nowhere else, and leave nothing to open", async () => {
    const contact = { email: "gone@patient.example", locale: "en", timeZone: "Europe/Berlin" };
    const erasure = { reason: undefined, contact };
    const done = { ...account, kind: "erasure_done" as const, user: null, erasure };
    const { to, subject, text } = await write(done);
    expect(to).toEqual({ name: "", address: contact.email });
    expect(subject).toMatch(/your data has been erased$/);
    expect(text).not.toContain(url);
    const inRussian = await write({
      ...done,
      erasure: { ...erasure, contact: { ...contact, locale: "ru" } },
    });
    expect(inRussian.subject).toMatch(/ваши данные удалены$/);
  });

  it("tell administrators that somebody asks to be erased, and not who", async () => {
    const { subject, text } = await write({ ...account, kind: "erasure_requested" });
    expect(subject).toMatch(/^Somebody asks to be erased: /);
    expect(text).toContain(url);
  });

  it("say why somebody is not erased, and never in the subject", async () => {
    const erasure = { reason: "An invented reason", contact: undefined };
    const { subject, text } = await write({ ...account, kind: "erasure_refused", erasure });
    expect(subject).not.toContain("invented");
    expect(text).toContain("An invented reason");
    expect(text).toContain(url);
    // Who has no account has no page about it.
    const guest = await write({
      ...account,
      kind: "erasure_refused",
      erasure,
      user: null,
      patient: toPatient.patient,
    });
    expect(guest.text).toContain("An invented reason");
    expect(guest.text).not.toContain(url);
  });

  it("tell a patient and an administrator of a record opened in an emergency, without saying whose or why", async () => {
    const staff = await write({ ...account, kind: "emergency_access" });
    expect(staff.subject).toMatch(/^A record was opened in an emergency: /);
    expect(staff.text).toContain("The patient was told");
    const patient = await write({
      ...account,
      kind: "emergency_access",
      user: null,
      patient: toPatient.patient,
    });
    expect(patient.subject).toMatch(/^Your record was opened: /);
    expect(patient.text).toContain("know of no emergency");
    expect(`${staff.text}${patient.text}`).not.toContain("Dr ");
  });

  it("tell of other roles, without naming them", async () => {
    const { subject, text } = await write({ ...account, kind: "account_changed" });
    expect(subject).toMatch(/^Your account was changed: /);
    expect(text).toContain("An administrator of the clinic changed your account");
  });
});

describe("a list of visits", () => {
  it("has each with its own link, and says that anybody may have asked", async () => {
    const { subject, text, calendar } = await write(LIST);
    expect(subject).toBe("Your upcoming visits");
    expect(text).toContain("Tuesday 16 March, 14:30–14:50");
    expect(text).toContain(url);
    expect(text).toContain("If you did not ask for this e-mail");
    expect(calendar).toBeUndefined();
  });
});

describe("the waitlist's mails", () => {
  it("say what is waited for", async () => {
    const { text } = await write(JOINED);
    expect(text).toContain("Dr Ada Example");
    expect(text).toMatch(/14\s–\s31 March/);
    const { text: bySpecialty } = await write({
      ...JOINED,
      waitlistEntry: {
        ...ENTRY,
        practitioner: null,
        specialty: { names: { en: "Cardiology", ru: "Кардиология" } },
      },
    });
    expect(bySpecialty).toContain("Cardiology");
  });

  it("say until when an offer is held, on the reader's clock", async () => {
    const { subject, text, calendar } = await write(OFFER);
    expect(subject).toBe("A time has come free: Tue 16 Mar, 14:30");
    expect(text).toContain("We hold it for you until Monday 1 March, 14:00 (Yekaterinburg time)");
    expect(calendar).toBeUndefined();
  });
});

const LATE: NotificationRow = { ...toPatient, kind: "running_late" };

describe("a lateness that is taken back", () => {
  it.each([
    ["en", LATE, "Your visit on Tue 16 Mar starts at"],
    ["ru", russian(LATE), "всё же начнётся в"],
  ] as const)("says in %s that the booked time holds again", async (_locale, row, subject) => {
    const mail = await formatMail(row, { clinic, url, lateMinutes: 0, now });
    expect(mail.subject).toContain(subject);
    expect(mail.text).not.toContain("later: about");
  });
});
const SUMMARY: NotificationRow = {
  ...toPatient,
  kind: "summary_ready",
  appointment: { ...appointment, status: "fulfilled" },
};
const MISSED: NotificationRow[] = (["noshow_patient", "noshow_practitioner"] as const).map((kind) => ({
  ...toPatient,
  kind,
  appointment: { ...appointment, status: "noshow" },
}));
const THIRD: NotificationRow = {
  ...toPatient,
  kind: "third_person_invited",
  patient: null,
  thirdPerson: {
    id: "0198a0a0-0000-7000-8000-000000000010",
    name: "Ivy Dolmetsch",
    email: "ivy@interpreter.example",
    locale: "en",
    kind: "interpreter",
    status: "invited",
  },
};
const UNREAD: NotificationRow = {
  ...toPatient,
  kind: "messages_unread",
  sequence: null,
  appointment: null,
  conversation: {
    id: "0198a0a0-0000-7000-8000-000000000011",
    patientId: "0198a0a0-0000-7000-8000-000000000012",
    practitionerId: "0198a0a0-0000-7000-8000-000000000004",
    lastSequence: 3,
    readers: [],
    practitioner: { displayName: "Dr Ada Example" },
  },
};
const UNREAD_BY_STAFF: NotificationRow = { ...UNREAD, patient: null, user };

describe("word that the practitioner runs late", () => {
  it("says both times on the patient's clock, and changes nothing in a calendar", async () => {
    const { subject, text, calendar } = await write(LATE);
    expect(subject).toBe("Your visit on Tue 16 Mar, 14:30 starts later: about 14:50");
    expect(text).toContain("about 20 minutes late");
    expect(text).toContain("Tuesday 16 March, 14:30–14:50");
    expect(calendar).toBeUndefined();
    const { text: inRussian } = await write(russian(LATE));
    expect(inRussian).toContain("примерно на 20 минут.");
  });
});

describe("an invitation of a third person", () => {
  it("goes to their own address, with their own link, and says nothing of the patient", async () => {
    const { to, text } = await write(THIRD);
    expect(to.address).toBe("ivy@interpreter.example");
    expect(text).toContain("asks you to interpret");
    expect(text).toContain(url);
    expect(text).not.toMatch(/paula|beispiel/i);
  });
});

describe("a notice of unread messages", () => {
  it("names the practitioner to the patient, and nobody to staff", async () => {
    expect((await write(UNREAD)).text).toContain("Dr Ada Example has written to you");
    expect((await write(UNREAD_BY_STAFF)).text).not.toMatch(/paula|beispiel|ada example has/i);
  });
});

describe("an invitation", () => {
  const invited: NotificationRow = { ...toStaff, kind: "invitation", sequence: null, appointment: null };
  it("says until when its link holds, with the zone", async () => {
    const { subject, text, calendar } = await write(invited);
    expect(subject).toBe("Set your password: Example Clinic");
    expect(text).toContain("until Mon 8 Mar, 09:00 (Berlin time)");
    expect(text).toContain("ada@clinic.example");
    expect(calendar).toBeUndefined();
  });
});

describe("every mail", () => {
  const invited: NotificationRow = { ...toStaff, kind: "invitation", sequence: null, appointment: null };
  const cancelled = { ...appointment, status: "cancelled" as const };
  const all = [
    toPatient,
    toStaff,
    { ...toPatient, kind: "appointment_cancelled" as const, appointment: cancelled },
    { ...toStaff, kind: "appointment_cancelled" as const, appointment: cancelled },
    { ...toPatient, kind: "appointment_moved" as const },
    { ...toStaff, kind: "appointment_moved" as const },
    REMINDER,
    LIST,
    JOINED,
    OFFER,
    LATE,
    SUMMARY,
    ...MISSED,
    THIRD,
    UNREAD,
    UNREAD_BY_STAFF,
    invited,
  ].flatMap((row) => [row, russian(row)]);

  it.each(all)("$kind keeps link, people and purpose out of what lists of mails show", async (row) => {
    const { subject, html } = await write(row);
    const preheader = html.match(/overflow: hidden">([^&]*)/)?.[1] ?? "";
    for (const shown of [subject, preheader]) {
      expect(shown).not.toBe("");
      expect(shown).not.toMatch(/tok_en|https?:|Ada|First visit|Первичный|paula/i);
    }
  });

  it.each(all)("$kind lets no name become markup or a header", async (row) => {
    const hostile = `"><img src=x onerror=alert(1)>\r\nBcc: evil@example.org`;
    const mail = await write(
      {
        ...row,
        user: row.user && { ...row.user, name: hostile },
        appointment: row.appointment && {
          ...row.appointment,
          practitioner: { ...row.appointment.practitioner, displayName: hostile },
          visitType: { names: { en: hostile, ru: hostile } },
        },
      },
      { ...clinic, name: hostile },
    );
    expect(mail.html).not.toContain("<img");
    expect(mail.html).toContain("&lt;img src=x");
    expect(mail.calendar?.content ?? "").not.toMatch(/^Bcc/m);
  });
});
