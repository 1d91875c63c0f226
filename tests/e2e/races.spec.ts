import { randomUUID } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import { bookingPath, timesPath } from "@/lib/booking/format/paths";
import { startTestServer } from "@/tests/support/cluster";
import { makePractitioner, makeRules, makeVisitType } from "@/tests/support/factories";
import { expect, test } from "@/tests/support/fixtures";
import { type PortalAddresses, startPortal } from "@/tests/support/portal";
import { type Outcome, openForm, send, tally } from "@/tests/support/rush";
import { breachesOfBook } from "@/tests/support/sound-book";
import { withRows } from "./practice";
import { accountOf } from "./steps";

/*
 * Who is first, over HTTP and with forms as browsers without scripts send them: each time there is one winner, everybody else is told
 * why not, nothing answers 5xx, and the book is sound afterwards by SQL.
 */
test.describe.configure({ timeout: 240_000 });

type Clinic = { practitionerIds: string[]; visitTypeIds: string[] };
type Limits = Omit<Parameters<typeof makeVisitType>[1], "now" | "id">;

/** Practitioners with hours around the clock, who all offer all of the visit types. They enter with accounts: one seat a visit. */
const openClinic = (
  portal: PortalAddresses,
  types: readonly Limits[] = [{}],
  practitioners = 1,
): Promise<Clinic> =>
  withRows(portal, async (database, now) => {
    const visitTypeIds: string[] = [];
    for (const limits of types) visitTypeIds.push((await makeVisitType(database, { now, ...limits })).id);
    const practitionerIds: string[] = [];
    for (let n = 0; n < practitioners; n += 1) {
      const { id } = await makePractitioner(database, {
        now,
        timeZone: "UTC",
        entry: "account",
        visitTypeIds,
      });
      await makeRules(database, id);
      practitionerIds.push(id);
      opened.push(id);
    }
    return { practitionerIds, visitTypeIds };
  });

/** Each race has hours of its own, so that none takes another's guest seats. */
let hour = 48;
const nextHour = (): Temporal.Instant => {
  hour += 2;
  return Temporal.Now.instant().round({ smallestUnit: "hour", roundingMode: "ceil" }).add({ hours: hour });
};

const GUEST = { name: "Paula Beispiel", email: "paula@example.org" };

/** The form that books one time, once opened; it may be sent by as many as like, each with a key of their own. */
async function bookingForm(
  portal: PortalAddresses,
  { practitionerIds, visitTypeIds }: Clinic,
  startAt: Temporal.Instant,
  which: { practitioner?: number; type?: number } = {},
) {
  const offer = {
    practitionerId: practitionerIds[which.practitioner ?? 0] ?? "",
    visitTypeId: visitTypeIds[which.type ?? 0] ?? "",
  };
  const form = await openForm(`${portal.url}${bookingPath(offer, startAt)}`, "book");
  const agreed = Object.fromEntries(
    [...form.types.keys()].filter((name) => name.startsWith("consent:")).map((name) => [name, "on"]),
  );
  return (cookie = "", more: Record<string, string> = {}) =>
    send(form, { ...GUEST, ...agreed, idempotencyKey: randomUUID(), ...more }, cookie);
}

/** Books and tells the personal link's path. */
async function booked(book: Awaited<ReturnType<typeof bookingForm>>): Promise<string> {
  const { outcome, answer } = await book();
  expect(outcome).toBe("done");
  return new URL(answer.headers.get("location") ?? "", "http://localhost").pathname;
}

const moveForm = (portal: PortalAddresses, link: string, to: Temporal.Instant) =>
  openForm(`${portal.url}${link}/move?startAt=${to.toString()}`, "move");

async function race(starters: readonly (() => Promise<{ outcome: Outcome }>)[]): Promise<Outcome[]> {
  return (await Promise.all(starters.map((start) => start()))).map(({ outcome }) => outcome);
}

/** How the visits of a clinic stand: how many of each status. */
const statuses = (portal: PortalAddresses, { practitionerIds }: Clinic) =>
  withRows(portal, async (database) => {
    const rows = await database.appointment.findMany({
      where: { practitionerId: { in: practitionerIds } },
      orderBy: { startAt: "asc" },
    });
    return rows.map(({ status, startAt }) => `${status} ${startAt.toISOString()}`);
  });
const at = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds).toISOString();

/** The races' own practitioners: other tests change visit types, which leaves what was booked as it is. */
const opened: string[] = [];

const expectSound = (portal: PortalAddresses, seats = 20) =>
  withRows(portal, async (database) =>
    expect(await breachesOfBook(database, { seats, unchanged: opened })).toEqual([]),
  );

test.afterEach(async ({ portal }) => expectSound(portal));

test("200 want one time: one gets it", async ({ portal }) => {
  const clinic = await openClinic(portal);
  const startAt = nextHour();
  const book = await bookingForm(portal, clinic, startAt);
  const outcomes = await race(Array.from({ length: 200 }, () => () => book()));
  expect(tally(outcomes)).toEqual({ done: 1, "refused: slot_taken": 199 });
  expect(await statuses(portal, clinic)).toEqual([`booked ${at(startAt)}`]);
});

test("a form sent ten times at once makes one visit, and each answer leads to it", async ({ portal }) => {
  const clinic = await openClinic(portal);
  const book = await bookingForm(portal, clinic, nextHour());
  const key = { idempotencyKey: randomUUID() };
  const outcomes = await race(Array.from({ length: 10 }, () => () => book("", key)));
  expect(tally(outcomes)).toEqual({ done: 10 });
  expect(await statuses(portal, clinic)).toHaveLength(1);
});

test("holding against booking: whoever is first keeps the time", async ({ portal }) => {
  const clinic = await openClinic(portal);
  const [practitionerId = "", visitTypeId = ""] = [clinic.practitionerIds[0], clinic.visitTypeIds[0]];
  const choose = await openForm(`${portal.url}${timesPath(practitionerId, { visitTypeId })}`, "times");
  for (let round = 0; round < 6; round += 1) {
    const startAt = nextHour();
    const book = await bookingForm(portal, clinic, startAt);
    const [held, visit] = await Promise.all([send(choose, { startAt: startAt.toString() }), book()]);
    expect(held.outcome).toBe("done");
    const cookie = (held.answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const again = await book(cookie);
    expect(tally([visit.outcome, again.outcome])).toEqual({ done: 1, "refused: slot_taken": 1 });
  }
  expect(await statuses(portal, clinic)).toHaveLength(6);
});

test("moving onto a time against booking it: the old time is kept unless the new one is won", async ({
  portal,
}) => {
  const clinic = await openClinic(portal);
  for (let round = 0; round < 4; round += 1) {
    const [from, to] = [nextHour(), nextHour()];
    const link = await booked(await bookingForm(portal, clinic, from));
    const [move, book] = [await moveForm(portal, link, to), await bookingForm(portal, clinic, to)];
    const outcomes = await race([() => send(move, {}), () => book()]);
    expect(tally(outcomes)).toEqual({ done: 1, "refused: slot_taken": 1 });
    const there = (await statuses(portal, clinic)).filter((line) => line.endsWith(at(to)));
    const kept = (await statuses(portal, clinic)).filter((line) => line.endsWith(at(from)));
    expect([there.length, kept.length]).toEqual([1, outcomes[0] === "done" ? 0 : 1]);
  }
});

test("cancelling against moving leaves one cancelled visit, wherever it was by then", async ({ portal }) => {
  const clinic = await openClinic(portal);
  for (let round = 0; round < 4; round += 1) {
    const [from, to] = [nextHour(), nextHour()];
    const link = await booked(await bookingForm(portal, clinic, from));
    const move = await moveForm(portal, link, to);
    const cancel = await openForm(`${portal.url}${link}/cancel`, "cancel");
    const [moved, cancelled] = await race([() => send(move, {}), () => send(cancel, {})]);
    expect(cancelled).toBe("done");
    expect(["done", "refused: not_changeable", "refused: not_found"]).toContain(moved);
    const standing = (await statuses(portal, clinic)).filter(
      (line) => line.endsWith(at(from)) || line.endsWith(at(to)),
    );
    expect(standing).toEqual([`cancelled ${at(moved === "done" ? to : from)}`]);
    // Its time is free again.
    expect((await (await bookingForm(portal, clinic, from))()).outcome).toBe("done");
  }
});

test("two moves of different visits onto one time: one wins, the other stays", async ({ portal }) => {
  const clinic = await openClinic(portal);
  const [first, second, to] = [nextHour(), nextHour(), nextHour()];
  const links = [
    await booked(await bookingForm(portal, clinic, first)),
    await booked(await bookingForm(portal, clinic, second)),
  ];
  const forms = await Promise.all(links.map((link) => moveForm(portal, link, to)));
  const outcomes = await race(forms.map((form) => () => send(form, {})));
  expect(tally(outcomes)).toEqual({ done: 1, "refused: slot_taken": 1 });
  expect(await statuses(portal, clinic)).toEqual([
    `booked ${at(outcomes[0] === "done" ? second : first)}`,
    `booked ${at(to)}`,
  ]);
});

test("two of the staff give two visits to one colleague's time: one goes there, the other stays", async ({
  portal,
}) => {
  const clinic = await openClinic(portal, [{}], 2);
  const [first, second, to] = [nextHour(), nextHour(), nextHour()];
  for (const startAt of [first, second]) await booked(await bookingForm(portal, clinic, startAt));
  const [owner = "", colleague = ""] = clinic.practitionerIds;
  const visits = await withRows(portal, (database) =>
    database.appointment.findMany({ where: { practitionerId: owner }, orderBy: { startAt: "asc" } }),
  );
  const signIn = await openForm(`${portal.url}/sign-in`, "sign-in");
  const { answer } = await send(signIn, accountOf("administrator"));
  const session = (answer.headers.getSetCookie().find((line) => line.startsWith("session=")) ?? "").split(
    ";",
  )[0];
  const forms = await Promise.all(
    visits.map(({ id }) =>
      openForm(
        `${portal.url}/admin/calendar/${id}/move?practitioner=${colleague}&start=${to.toString()}`,
        "staff-move",
        session,
      ),
    ),
  );
  const outcomes = await race(forms.map((form) => () => send(form, {}, session)));
  expect(tally(outcomes)).toEqual({ done: 1, "refused: slot_taken": 1 });
  expect(await statuses(portal, clinic)).toEqual([
    `booked ${at(outcomes[0] === "done" ? second : first)}`,
    `booked ${at(to)}`,
  ]);
});

test("a visit moves by a quarter of an hour, onto part of its own time", async ({ portal }) => {
  const clinic = await openClinic(portal, [{ durationMinutes: 30, intervalMinutes: 15 }]);
  const startAt = nextHour();
  const link = await booked(await bookingForm(portal, clinic, startAt));
  const to = startAt.add({ minutes: 15 });
  expect((await send(await moveForm(portal, link, to), {})).outcome).toBe("done");
  expect(await statuses(portal, clinic)).toEqual([`booked ${at(to)}`]);
});

test("of unequal times that overlap one is had", async ({ portal }) => {
  const clinic = await openClinic(portal, [{ durationMinutes: 30, intervalMinutes: 10 }]);
  const startAt = nextHour();
  const forms = await Promise.all(
    [0, 10, 20].map((minutes) => bookingForm(portal, clinic, startAt.add({ minutes }))),
  );
  const outcomes = await race(forms.flatMap((book) => Array.from({ length: 5 }, () => () => book())));
  expect(tally(outcomes)).toEqual({ done: 1, "refused: slot_taken": 14 });
});

test("visit types with different buffers keep their distance from each other", async ({ portal }) => {
  const clinic = await openClinic(portal, [
    { durationMinutes: 30, intervalMinutes: 30, bufferAfterMinutes: 15 },
    { durationMinutes: 20, intervalMinutes: 10, bufferBeforeMinutes: 20 },
  ]);
  const startAt = nextHour();
  const forms = [
    await bookingForm(portal, clinic, startAt),
    // Begins when the first one ends, but needs time before it.
    await bookingForm(portal, clinic, startAt.add({ minutes: 30 }), { type: 1 }),
  ];
  const outcomes = await race(forms.flatMap((book) => Array.from({ length: 5 }, () => () => book())));
  expect(tally(outcomes)).toEqual({ done: 1, "refused: slot_taken": 9 });
});

test("a day takes no more visits of a type than its practitioner does", async ({ portal }) => {
  const clinic = await openClinic(portal, [{ maxPerDay: 2 }]);
  const morning = nextHour().toZonedDateTimeISO("UTC").add({ days: 2 }).with({ hour: 8 }).toInstant();
  const forms = await Promise.all(
    Array.from({ length: 6 }, (_, n) => bookingForm(portal, clinic, morning.add({ hours: n }))),
  );
  const outcomes = await race(forms.flatMap((book) => [() => book(), () => book()]));
  const { done, "refused: day_full": full = 0, "refused: slot_taken": taken = 0, ...rest } = tally(outcomes);
  expect(rest).toEqual({});
  expect([done, full + taken]).toEqual([2, 10]);
  expect(full).toBeGreaterThanOrEqual(8);
});

test("of two practitioners who enter with accounts one gives the licence's only guest seat away", async ({
  portal: _,
}) => {
  const { server, stop } = await startTestServer();
  const small = await startPortal(server, { withWorker: false, env: { TRUECONF_GUEST_SEATS: "1" } });
  try {
    const clinic = await openClinic(small, [{ durationMinutes: 30, intervalMinutes: 10 }], 2);
    const startAt = nextHour();
    const forms = [
      await bookingForm(small, clinic, startAt),
      await bookingForm(small, clinic, startAt.add({ minutes: 10 }), { practitioner: 1 }),
    ];
    const outcomes = await race(forms.flatMap((book) => Array.from({ length: 5 }, () => () => book())));
    const { done, ...refused } = tally(outcomes);
    expect(done).toBe(1);
    expect(Object.keys(refused).toSorted()).toEqual(["refused: no_guest_seat", "refused: slot_taken"]);
    await expectSound(small, 1);
  } finally {
    await small.stop();
    await stop();
  }
});
