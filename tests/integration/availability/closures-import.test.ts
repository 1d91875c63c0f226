import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/access/types";
import { importClosuresAction } from "@/lib/availability/actions/closures";
import { readCalendarFile } from "@/lib/availability/data/calendar-file";
import { importClosures } from "@/lib/availability/mutations/closures";
import type { ImportDto } from "@/lib/availability/types";
import { env } from "@/lib/core/env";
import { closeDb, db } from "@/lib/db/client";
import { now, openPractice, type Practice, signedIn } from "./keeper";

let actor: Actor = { kind: "anonymous" };
let origin: string;

vi.mock("@/lib/auth/loaders", () => ({ loadActor: async () => actor }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin }),
  cookies: async () => new Map(),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));
vi.mock("next-intl/server", () => ({
  getTranslations: async () => (key: string) => key,
  getLocale: async () => "en",
}));

/** As a government would publish it: one day a year by rule, one by itself, one that is no whole day. */
const HOLIDAYS = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Holidays//EN
BEGIN:VEVENT
UID:new-year@holidays.example
DTSTART;VALUE=DATE:20000101
RRULE:FREQ=YEARLY
SUMMARY:New Year
END:VEVENT
BEGIN:VEVENT
UID:winter@holidays.example
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20261227
SUMMARY:Winter days
END:VEVENT
BEGIN:VEVENT
UID:meeting@holidays.example
DTSTART:20261230T090000Z
SUMMARY:No whole day
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");

const admin = signedIn("administrator");
const stored = async () =>
  (await db().closure.findMany({ orderBy: { startOn: "asc" } })).map(({ title, startOn, endOn }) =>
    [title, startOn.toISOString().slice(0, 10), endOn.toISOString().slice(0, 10)].join(" "),
  );

describe("an imported calendar", () => {
  let practice: Practice;
  beforeAll(() => {
    origin = new URL(env().PORTAL_URL).origin;
  });
  beforeEach(async () => {
    practice = await openPractice();
    actor = { kind: "anonymous" };
  });
  afterAll(closeDb);

  const read = async (text = HOLIDAYS) => {
    const file = await readCalendarFile(db(), text, "Holiday", now);
    if (!file.ok) throw new Error(file.reason);
    return file.value;
  };

  it("closes its days of two years, and doubles nothing the second time", async () => {
    const first = await read();
    expect(first).toMatchObject({ known: 0, ignored: 1 });
    expect((await importClosures(first, admin, now)).ok).toBe(true);
    expect(await stored()).toEqual([
      "Winter days 2026-12-24 2026-12-26",
      "New Year 2027-01-01 2027-01-01",
      "New Year 2028-01-01 2028-01-01",
    ]);
    expect(await practice.free("2026-12-24")).toEqual([]);
    expect(await practice.free("2026-12-28")).toEqual(["09:00", "10:00"]);

    expect(await readCalendarFile(db(), HOLIDAYS, "Holiday", now)).toEqual({
      ok: false,
      reason: "nothing_new",
    });
    expect(await importClosures(first, admin, now)).toMatchObject({ reason: "nothing_new" });
    const more = await read(HOLIDAYS.replace("winter@", "other@"));
    expect(more).toMatchObject({ closures: [{ title: "Winter days" }], known: 2 });
  });

  it("that two import at once is there once", async () => {
    const { closures } = await read();
    const results = await Promise.all([1, 2, 3].map(() => importClosures({ closures }, admin, now)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().closure.count()).toBe(3);
    const where = { action: "closure.imported", actorPseudonym: admin.pseudonym };
    const event = await db().auditEvent.findFirst({ where, orderBy: { occurredAt: "desc" } });
    expect(event?.details).toEqual({ added: 3 });
  });

  it("asks before it strands a visit", async () => {
    const booked = await practice.book("2026-12-24T09:00+01:00");
    const { closures } = await read();
    const refused = await importClosures({ closures }, admin, now);
    expect(refused).toMatchObject({
      reason: "strands",
      stranded: { visits: [{ appointmentId: booked }] },
    });
    expect(await db().closure.count()).toBe(0);
    const leave = "stranded" in refused ? refused.stranded.key : "";
    expect((await importClosures({ closures, leave }, admin, now)).ok).toBe(true);
  });

  it.each(["", "Holidays 2027", "<html></html>", "BEGIN:VCALENDAR"])("is not %j", async (text) => {
    expect(await readCalendarFile(db(), text, "Holiday", now)).toEqual({
      ok: false,
      reason: "not_a_calendar",
    });
  });

  describe("by its form", () => {
    const send = (fields: Record<string, string | File>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      return importClosuresAction({ status: "idle" }, form);
    };
    const file = (text: string) => new File([text], "holidays.ics", { type: "text/calendar" });

    it("is looked at first, and added as it was looked at", async () => {
      actor = admin;
      const looked = await send({ calendar: file(HOLIDAYS) });
      expect(looked).toMatchObject({ status: "refused", reason: "preview", detail: { stranded: null } });
      expect(await db().closure.count()).toBe(0);
      const { days, lines } = (looked as { detail: ImportDto }).detail;
      expect(await send({ days })).toEqual({ status: "done" });
      expect(await db().closure.count()).toBe(lines.length);
    });

    it("is refused with the reason at its field, and never stored unchecked", async () => {
      actor = admin;
      const invalid = (fault: string) => ({ reason: "invalid", fields: { calendar: fault } });
      expect(await send({})).toMatchObject(invalid("required"));
      expect(await send({ calendar: file("") })).toMatchObject(invalid("required"));
      expect(await send({ calendar: "BEGIN:VCALENDAR" })).toMatchObject({ reason: "invalid" });
      expect(await send({ calendar: file("x".repeat(200_001)) })).toMatchObject(invalid("file_size"));
      expect(await send({ calendar: file("no calendar") })).toMatchObject({ reason: "not_a_calendar" });
      for (const days of [
        "[]",
        "{",
        '[{"title":"x","startOn":"2027-02-30","endOn":"2027-03-01","importUid":"a"}]',
      ])
        expect(await send({ days }), days).toMatchObject(invalid("invalid"));
      expect(await db().closure.count()).toBe(0);
    });

    it("is for administrators alone", async () => {
      for (const stranger of [signedIn("patient"), signedIn("practitioner", practice.practitionerId)]) {
        actor = stranger;
        expect(await send({ calendar: file(HOLIDAYS) })).toMatchObject({ reason: "forbidden" });
      }
    });
  });
});
