import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/access/types";
import { closeDb, db } from "@/lib/db/client";
import { readAgenda, readAgendaWeek } from "@/lib/visits/loaders/agenda";
import { readAudited } from "@/lib/visits/loaders/audited";
import { loadVisitState } from "@/lib/visits/loaders/visit";
import { acceptHandover, offerHandover } from "@/lib/visits/mutations/handover";
import { sendWaitingMessage } from "@/lib/visits/mutations/waiting-message";
import { type BookedVisit, bookedVisit, practitionerActor, soon } from "../visits/stage";

vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
// Read at the first use, which is below: several tests share one clock.
process.env.TRUECONF_GUEST_SEATS = "1000";
afterAll(closeDb);

const now = Temporal.Now.instant().round("second");
const WORDS = "Sealed words for whoever waits";

/** A visit to come of which its practitioner has said something. */
async function spokenVisit(text: string | null = WORDS): Promise<BookedVisit> {
  const visit = await bookedVisit(soon(now), now);
  const said = text === null ? ({ kind: "soon" } as const) : ({ kind: "text", text } as const);
  const sent = await sendWaitingMessage(visit.appointmentId, said, visit.practitioner, now);
  if (!sent.ok) throw new Error(sent.reason);
  return visit;
}

const eventsOf = ({ appointmentId, encounterId }: BookedVisit) =>
  db().auditEvent.findMany({
    where: {
      entityId: { in: [appointmentId, encounterId] },
      action: { in: ["waiting_message.read", "appointment.read"] },
    },
    orderBy: { sequence: "asc" },
  });

const dayOf = (at: Temporal.Instant) => soon(at).toZonedDateTimeISO("UTC").toPlainDate().toString();

/** A day or week of whoever is signed in, which has the words if anything has. */
async function look(read: typeof readAgenda | typeof readAgendaWeek, actor: Actor, at = now) {
  const zone = { timeZone: "UTC" };
  if (actor.kind === "user" && actor.practitionerId)
    await db().practitioner.update({ where: { id: actor.practitionerId }, data: zone });
  return JSON.stringify(await read(actor, dayOf(now), at));
}

describe("a practitioner's own lists", () => {
  it.each([
    ["day", readAgenda],
    ["week", readAgendaWeek],
  ] as const)("that open what was said, by the %s, are in the trail once for a sitting", async (_, read) => {
    const visit = await spokenVisit();
    for (let again = 0; again < 2; again += 1) expect(await look(read, visit.practitioner)).toContain(WORDS);
    const { patient } = await db().appointment.findUniqueOrThrow({
      where: { id: visit.appointmentId },
      include: { patient: true },
    });
    expect(await eventsOf(visit)).toMatchObject([
      {
        action: "waiting_message.read",
        actorPseudonym: visit.practitioner.pseudonym,
        subjectPseudonym: patient.pseudonym,
        details: { as: "practitioner" },
      },
    ]);
    await look(read, visit.practitioner, now.add({ minutes: 11 }));
    expect(await eventsOf(visit)).toHaveLength(2);
  });

  it("write nothing where there are no words", async () => {
    const visit = await spokenVisit(null);
    expect(await look(readAgenda, visit.practitioner)).toContain('"kind":"soon"');
    expect(await eventsOf(visit)).toEqual([]);
  });

  it("name the colleague to whom a visit was handed over", async () => {
    const visit = await spokenVisit();
    const { practitionerId = "" } = (await bookedVisit(soon(now), now)).practitioner;
    const colleague = await practitionerActor(practitionerId);
    const { appointmentId, practitioner } = visit;
    await offerHandover(practitioner, { appointmentId, practitionerId }, now);
    const { id } = await db().handover.findFirstOrThrow({ where: { encounterId: visit.encounterId } });
    expect(await acceptHandover(colleague, id, now)).toMatchObject({ ok: true });
    expect(await look(readAgenda, colleague)).toContain(WORDS);
    expect((await eventsOf(visit)).map(({ actorPseudonym }) => actorPseudonym)).toEqual([
      colleague.pseudonym,
    ]);
  });
});

describe("whoever follows a visit", () => {
  it.each(["patient", "practitioner"] as const)(
    "as its %s is in the trail, and not twice for the page that they have opened",
    async (side) => {
      const visit = await spokenVisit();
      await readAudited(visit[side], visit.appointmentId, side, Temporal.Now.instant());
      const followed = async () => JSON.stringify(await loadVisitState(visit[side], visit.appointmentId));
      expect(await followed()).toContain(WORDS);
      expect(await eventsOf(visit)).toHaveLength(1);
      const other = await spokenVisit();
      await loadVisitState(other[side], other.appointmentId);
      expect(await eventsOf(other)).toMatchObject([{ action: "appointment.read", details: { as: side } }]);
    },
  );

  it("sees nothing of a visit that is not theirs, and is not noted", async () => {
    const [visit, stranger] = [await spokenVisit(), await bookedVisit(soon(now), now)];
    expect(await loadVisitState(stranger.practitioner, visit.appointmentId)).toBeUndefined();
    expect(await eventsOf(visit)).toEqual([]);
  });
});
