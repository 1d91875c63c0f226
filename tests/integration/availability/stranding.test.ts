import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { updatePractitioner } from "@/lib/admin/mutations/clinic";
import { addClosure } from "@/lib/availability/mutations/closures";
import { setOverride } from "@/lib/availability/mutations/overrides";
import { addTimeOff } from "@/lib/availability/mutations/time-off";
import { changeTimeZone } from "@/lib/availability/mutations/time-zone";
import { replaceWeeklyHours } from "@/lib/availability/mutations/weekly-hours";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { closeDb, db } from "@/lib/db/client";
import { guestBooking, inHours, minuteNow, openClinic } from "../booking/clinic";
import { now, openPractice, type Practice, signedIn } from "./keeper";

const admin = signedIn("administrator");

/** What a change says it would strand. */
function asked(result: unknown): { ids: string[]; key: string } {
  expect(result).toMatchObject({ ok: false, reason: "strands" });
  const { stranded } = result as { stranded: { visits: { appointmentId: string }[]; key: string } };
  return { ids: stranded.visits.map(({ appointmentId }) => appointmentId), key: stranded.key };
}

describe("a change that strands booked visits", () => {
  let practice: Practice;
  let of: { practitionerId: string };
  beforeEach(async () => {
    practice = await openPractice();
    of = { practitionerId: practice.practitionerId };
  });
  afterAll(closeDb);

  it("lists them and changes nothing, until they are to stay where they are", async () => {
    const [nine, ten] = [
      await practice.book("2026-11-30T09:00+01:00"),
      await practice.book("2026-12-01T10:00+01:00"),
    ];
    await practice.book("2026-12-02T10:00+01:00", "cancelled");
    const hours = [{ weekday: 2 as const, startTime: "10:00", endTime: "11:00" }];
    const refused = await replaceWeeklyHours({ ...of, hours }, admin, now);
    const { ids, key } = asked(refused);
    expect(ids).toEqual([nine]);
    expect(refused).toMatchObject({
      stranded: { visits: [{ patientName: "Paula Beispiel", timeZone: "Europe/Berlin" }] },
    });
    expect(await practice.free("2026-11-30")).toEqual(["10:00"]);
    expect(await db().auditEvent.count({ where: { actorPseudonym: admin.pseudonym } })).toBe(0);

    const visits = () => db().appointment.findMany({ orderBy: { id: "asc" } });
    const before = await visits();
    expect(await replaceWeeklyHours({ ...of, hours, leave: key }, admin, now)).toMatchObject({ ok: true });
    expect(await visits()).toEqual(before);
    expect(await practice.free("2026-11-30")).toEqual([]);

    // What was left behind is not asked about again; what is stranded next is.
    expect(asked(await replaceWeeklyHours({ ...of, hours: [] }, admin, now)).ids).toEqual([ten]);
  });

  it("asks again when the list is another one by now", async () => {
    await practice.book("2026-11-30T09:00+01:00");
    const closed = { ...of, date: "2026-11-30", intervals: [] };
    const first = asked(await setOverride(closed, admin, now));
    const second = await practice.book("2026-11-30T10:00+01:00");
    const again = asked(await setOverride({ ...closed, leave: first.key }, admin, now));
    expect(again.ids).toContain(second);
    expect(again.key).not.toBe(first.key);
    expect((await setOverride({ ...closed, leave: again.key }, admin, now)).ok).toBe(true);
  });

  it("is time off that meets them, to the minute", async () => {
    const booked = await practice.book("2026-11-30T09:00+01:00");
    const away = { ...of, startOn: "2026-11-30", endOn: "2026-11-30" };
    const morning = { ...away, startTime: "09:59", endTime: "12:00" };
    expect(asked(await addTimeOff(morning, admin, now)).ids).toEqual([booked]);
    expect((await addTimeOff({ ...morning, startTime: "10:00" }, admin, now)).ok).toBe(true);
  });

  it("is a closure, for every practitioner, and only on the closed side of midnight", async () => {
    practice = await openPractice([{ weekday: 1, startTime: "22:00", endTime: "04:00" }]);
    await practice.book("2026-11-30T22:00+01:00");
    const after = await practice.book("2026-12-01T01:00+01:00");
    const across = await practice.book("2026-11-30T23:30+01:00");
    const days = { title: "Invented holiday", startOn: "2026-12-01", endOn: "2026-12-01" };
    const { ids, key } = asked(await addClosure(days, admin, now));
    expect(ids).toEqual([across, after]);
    expect((await addClosure({ ...days, leave: key }, admin, now)).ok).toBe(true);
  });

  it("knows a night shift by the date on which it begins, and the clocks that change in it", async () => {
    practice = await openPractice([{ weekday: 6, startTime: "22:00", endTime: "05:00" }]);
    of = { practitionerId: practice.practitionerId };
    // In the night of 27 to 28 March 2027 Berlin's clocks go from 02:00 to 03:00.
    const early = await practice.book("2027-03-28T01:30+01:00");
    const late = await practice.book("2027-03-28T04:00+02:00");
    const shorter = [{ weekday: 6 as const, startTime: "22:00", endTime: "03:30" }];
    const refused = asked(await replaceWeeklyHours({ ...of, hours: shorter }, admin, now));
    expect(refused.ids).toEqual([late]);
    const closed = { ...of, date: "2027-03-27", intervals: [] };
    expect(asked(await setOverride(closed, admin, now)).ids).toEqual([early, late]);
    expect((await setOverride({ ...closed, date: "2027-03-28" }, admin, now)).ok).toBe(true);
  });

  it("is another zone, and not being offered any more", async () => {
    const booked = await practice.book("2026-11-30T09:00+01:00");
    const zone = { ...of, timeZone: "America/New_York" };
    expect(asked(await changeTimeZone(zone, admin, now)).ids).toEqual([booked]);
    const details = {
      ...of,
      displayName: "Dr Test Example",
      specialtyCode: "general-practice",
      timeZone: "Europe/Berlin",
      languages: ["en"],
      visitTypeIds: [practice.visitTypeId],
      introductions: null,
      active: true,
    };
    const actor = { kind: "user", pseudonym: admin.pseudonym } as const;
    expect((await updatePractitioner(details, actor, now)).ok).toBe(true);
    const inactive = { ...details, active: false };
    const { ids, key } = asked(await updatePractitioner(inactive, actor, now));
    expect(ids).toEqual([booked]);
    expect((await db().practitioner.findFirstOrThrow()).active).toBe(true);
    expect((await updatePractitioner({ ...inactive, leave: key }, actor, now)).ok).toBe(true);
  });

  it("concerns neither visits that are over nor those of others", async () => {
    await practice.book("2026-11-22T09:00+01:00");
    const other = await openClinic();
    const hours = { practitionerId: other.practitioner.id, hours: [] };
    await practice.book("2026-11-30T09:00+01:00");
    expect((await replaceWeeklyHours(hours, admin, now)).ok).toBe(true);
  });
});

describe("hours that change while somebody books", () => {
  it("either strand the visit and ask, or come first and refuse it: never both unseen", async () => {
    const clinic = await openClinic();
    const of = { practitionerId: clinic.practitioner.id };
    for (let round = 0; round < 6; round += 1) {
      const startAt = inHours(40 + round * 24);
      const date = startAt.toZonedDateTimeISO("UTC").toPlainDate();
      const closed = { ...of, date: date.toString(), intervals: [] };
      const [booked, changed] = await Promise.all([
        bookAppointment(guestBooking(clinic, startAt), minuteNow()),
        setOverride(closed, admin, minuteNow()),
      ]);
      if (booked.ok) expect(asked(changed).ids).toContain(booked.value.appointmentId);
      else {
        expect(booked.reason).toBe("not_offered");
        expect(changed.ok).toBe(true);
      }
    }
  });

  it("are not asked about by two who change one day at once more than once", async () => {
    const clinic = await openClinic();
    const date = Temporal.Now.plainDateISO("UTC").add({ days: 3 }).toString();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        setOverride(
          {
            practitionerId: clinic.practitioner.id,
            date,
            intervals: [{ startTime: "09:00", endTime: `1${index}:00` }],
          },
          admin,
          minuteNow(),
        ),
      ),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
    const where = { practitionerId: clinic.practitioner.id };
    expect(await db().availabilityOverride.count({ where })).toBe(1);
    expect(await db().overrideInterval.count({ where: { override: where } })).toBe(1);
  });
});
