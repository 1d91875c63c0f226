import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { WeeklyInterval } from "@/lib/availability/types";
import { findDirectoryPage, PAGE_SIZE } from "@/lib/booking/data/directory";
import { describeEntry } from "@/lib/booking/format/directory";
import { closeDb, type Db, db } from "@/lib/db/client";
import type { VisitType } from "@/lib/db/generated/client";
import { countStatements } from "@/tests/support/counting-db";
import { emptyClinic } from "@/tests/support/empty";
import {
  ALWAYS,
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeVisitType,
} from "@/tests/support/factories";

/** A Monday, 23:10 in Berlin. */
const now = Temporal.Instant.from("2026-11-23T23:10:00+01:00");
const MONDAY_MORNING: WeeklyInterval[] = [{ weekday: 1, startTime: "09:00", endTime: "11:00" }];
const TUESDAY_MORNING: WeeklyInterval[] = [{ weekday: 2, startTime: "09:00", endTime: "11:00" }];
const BERLIN = { timeZone: "Europe/Berlin", locale: "en" as const };
const NOTHING = {
  name: undefined,
  specialty: undefined,
  language: undefined,
  visitType: undefined,
  from: undefined,
};

describe("the directory", () => {
  let visitType: VisitType;

  beforeEach(async () => {
    await emptyClinic();
    visitType = await makeVisitType(db(), { now });
  });
  afterAll(closeDb);

  async function add(
    hours: readonly WeeklyInterval[],
    details: {
      displayName?: string;
      languages?: string[];
      specialtyCode?: string;
      visitTypeIds?: string[];
    } = {},
  ) {
    const practitioner = await makePractitioner(db(), { visitTypeIds: [visitType.id], ...details, now });
    await makeRules(db(), practitioner.id, hours);
    return practitioner;
  }

  const search = (asked: Partial<typeof NOTHING> | object = {}, page = 1, connection: Db = db()) =>
    findDirectoryPage(connection, { ...NOTHING, ...asked, page }, BERLIN, now);

  const names = async (asked: object) => {
    const { found, practitioners } = await search(asked);
    return found.map(({ practitionerId }) => practitioners.get(practitionerId)?.displayName);
  };

  /** Day and time of each start that is shown of the only practitioner, as the clocks of a zone have them. */
  async function firstTimes(timeZone = "Europe/Berlin") {
    const viewer = { ...BERLIN, timeZone };
    const { found, practitioners } = await findDirectoryPage(db(), { ...NOTHING, page: 1 }, viewer, now);
    const [entry] = found.flatMap(({ practitionerId, slots }) => {
      const practitioner = practitioners.get(practitionerId);
      return practitioner ? [describeEntry(practitioner, { visitType: undefined, slots }, viewer, now)] : [];
    });
    expect(entry?.next).toBeNull();
    return found[0]?.slots.map(({ startAt }) =>
      startAt.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" }).slice(5),
    );
  }

  it("has several times of those who are free soon, and the first alone of others", async () => {
    await add(TUESDAY_MORNING);
    expect(await firstTimes()).toEqual(["11-24T09:00", "11-24T09:30", "11-24T10:00"]);
    await emptyClinic();
    visitType = await makeVisitType(db(), { now });
    await add(MONDAY_MORNING);
    expect(await firstTimes()).toEqual(["11-30T09:00"]);
  });

  it("leaves out what is booked", async () => {
    const practitioner = await add(TUESDAY_MORNING);
    const patient = await makePatient(db(), { now });
    const startAt = Temporal.Instant.from("2026-11-24T09:30:00+01:00");
    await makeAppointment(db(), { practitioner, patient, visitType, startAt, now });
    expect(await firstTimes()).toEqual(["11-24T09:00", "11-24T10:00", "11-24T10:30"]);
  });

  it("has whoever is free first at the top, over all pages, and those without a time at the end", async () => {
    const never = await add([], { displayName: "Dr Aa Never" });
    const late: string[] = [];
    for (let n = 0; n < PAGE_SIZE; n += 1) late.push((await add(MONDAY_MORNING)).id);
    const early = await add(ALWAYS, { displayName: "Dr Zz Early" });

    const first = await search();
    expect(first.total).toBe(PAGE_SIZE + 2);
    expect(first.found[0]?.practitionerId).toBe(early.id);
    expect(first.found).toHaveLength(PAGE_SIZE);
    const second = await search({}, 2);
    expect(second.found.map(({ practitionerId }) => practitionerId).at(-1)).toBe(never.id);
    expect(second.found.map(({ slots }) => slots.length)).toEqual([1, 0]);
    // Beyond the last page there is the last page.
    expect((await search({}, 40)).found).toEqual(second.found);
    const seen = [...first.found, ...second.found].map(({ practitionerId }) => practitionerId);
    expect(new Set(seen)).toEqual(new Set([early.id, ...late, never.id]));
  });

  it("is narrowed by specialty, language, visit type and the date before which no time is wanted", async () => {
    const other = await makeVisitType(db(), { now });
    await add(ALWAYS, { displayName: "Dr Ada", languages: ["en", "de"], specialtyCode: "neurology" });
    await add(TUESDAY_MORNING, { displayName: "Dr Ben", languages: ["ru"], visitTypeIds: [other.id] });
    expect(await names({})).toEqual(["Dr Ada", "Dr Ben"]);
    expect(await names({ specialty: "neurology" })).toEqual(["Dr Ada"]);
    expect(await names({ language: "ru" })).toEqual(["Dr Ben"]);
    expect(await names({ visitType: other.id })).toEqual(["Dr Ben"]);
    expect(await names({ specialty: "neurology", language: "ru" })).toEqual([]);
    expect(await names({ specialty: "unheard-of", language: "xx", visitType: "no id" })).toHaveLength(2);
    const later = await search({ from: "2026-11-25" });
    expect(later.found.map(({ slots }) => slots[0]?.startAt.toString())).toEqual([
      "2026-11-24T23:00:00Z",
      "2026-12-01T08:00:00Z",
    ]);
  });

  it("finds names in either alphabet, mistyped, by their beginning, and in any order", async () => {
    for (const displayName of ["Анна Иванова", "Dr Yulia Shchukina", "Dr Ben Muster"])
      await add(ALWAYS, { displayName });
    expect(await names({ name: "Ivanova" })).toEqual(["Анна Иванова"]);
    expect(await names({ name: "иванава анна" })).toEqual(["Анна Иванова"]);
    expect(await names({ name: "Щукина" })).toEqual(["Dr Yulia Shchukina"]);
    expect(await names({ name: "юлия" })).toEqual(["Dr Yulia Shchukina"]);
    expect(await names({ name: "Julia Schukina" })).toEqual(["Dr Yulia Shchukina"]);
    expect(await names({ name: "mus" })).toEqual(["Dr Ben Muster"]);
    expect(await names({ name: "Mustre" })).toEqual(["Dr Ben Muster"]);
    expect(await names({ name: "%" })).toEqual([]);
    expect(await names({ name: "x".repeat(10_000) })).toEqual([]);
    expect((await search({ name: "Muster" })).isNear).toBe(false);
  });

  it("puts those who are called that before those who are nearly called that, and suggests names where nobody is", async () => {
    await add(MONDAY_MORNING, { displayName: "Dr Petrova" });
    await add(ALWAYS, { displayName: "Dr Petrovna" });
    expect(await names({ name: "Petrova" })).toEqual(["Dr Petrova", "Dr Petrovna"]);
    const near = await search({ name: "Petersen" });
    expect(near.isNear).toBe(true);
    expect(near.found.length).toBeGreaterThan(0);
    expect(await names({ name: "Qqqq" })).toEqual([]);
  });

  it("asks the database as often for fifty practitioners as for five, and for any number of visit types", async () => {
    const count = () => countStatements((counted) => search({}, 1, counted));
    for (let n = 0; n < 5; n += 1) await add(ALWAYS);
    const ofFive = await count();
    const types = [
      await makeVisitType(db(), { now }),
      await makeVisitType(db(), { durationMinutes: 10, now }),
    ];
    for (let n = 0; n < 45; n += 1)
      await add(ALWAYS, { visitTypeIds: [visitType.id, ...types.map(({ id }) => id)] });
    expect(await count()).toBe(ofFive);
  });
});
