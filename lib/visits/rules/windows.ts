import { Temporal } from "temporal-polyfill";
import { OPEN_AFTER_DAYS } from "../constants";
import type { VisitWindows } from "../types/settings";
import type { LinkRights, VisitPhase } from "../types/visit";

type Period = { startAt: Temporal.Instant; endAt: Temporal.Instant; windows: VisitWindows };
/** On whose clock a visit opens. */
export type WindowSide = "patient" | "practitioner";
export type VisitTimes = Period & {
  appointmentStatus: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
};

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;

/** From here on the waiting room is open, or the practitioner may start. */
export const opensAt = ({ startAt, windows }: Period, side: WindowSide): Temporal.Instant =>
  startAt.subtract({
    minutes: side === "patient" ? windows.patientOpensMinutes : windows.practitionerOpensMinutes,
  });

/** Until here, exclusive, a visit can be started and joined. */
export const closesAt = ({ endAt, windows }: Period): Temporal.Instant =>
  endAt.add({ minutes: windows.closesAfterMinutes });

/**
 * What a personal link opens: everything until the visit can no longer be joined, and as long as it is in progress, however late it
 * began; then for some days what goes on after a visit.
 */
export function linkRights(visit: VisitTimes, now: Temporal.Instant): LinkRights {
  const end = closesAt(visit);
  if (before(now, end) || visitPhase(visit, "patient", now) === "in_progress") return "full";
  return before(now, end.add({ hours: OPEN_AFTER_DAYS * 24 })) ? "after" : "none";
}

/** What the visit is at this instant, to that side. A visit in progress stays so, however late. */
export function visitPhase(visit: VisitTimes, side: WindowSide, now: Temporal.Instant): VisitPhase {
  if (visit.appointmentStatus === "cancelled") return "cancelled";
  if (visit.appointmentStatus === "noshow") return "missed";
  switch (visit.encounterStatus) {
    case "cancelled":
      return "cancelled";
    case "finished":
      return "finished";
    case "in_progress":
      return "in_progress";
    case "planned":
    case "arrived":
      if (!before(now, closesAt(visit))) return "missed";
      return before(now, opensAt(visit, side)) ? "booked" : "waiting";
  }
}

/** When the clock alone next changes the phase. */
export function phaseChangesAt(
  visit: VisitTimes,
  side: WindowSide,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const phase = visitPhase(visit, side, now);
  if (phase === "booked") return opensAt(visit, side);
  if (phase === "waiting") return closesAt(visit);
  return undefined;
}

/** Why a practitioner may not start the visit at this instant, or nothing. */
export function startRefusal(
  visit: VisitTimes,
  now: Temporal.Instant,
): "too_early" | "too_late" | "ended" | "cancelled" | undefined {
  switch (visitPhase(visit, "practitioner", now)) {
    case "booked":
      return "too_early";
    case "missed":
      return "too_late";
    case "finished":
      return "ended";
    case "cancelled":
      return "cancelled";
    case "waiting":
    case "in_progress":
      return undefined;
  }
}

/** Why a patient is not let in at this instant, or nothing: the gate is the encounter, never the conference. */
export function joinRefusal(
  visit: VisitTimes,
  now: Temporal.Instant,
): "not_started" | "ended" | "cancelled" | undefined {
  switch (visitPhase(visit, "patient", now)) {
    case "in_progress":
      return undefined;
    case "booked":
    case "waiting":
      return "not_started";
    case "finished":
    case "missed":
      return "ended";
    case "cancelled":
      return "cancelled";
  }
}

/** Why a practitioner may not call again at this instant, or nothing: a visit that was ended can be, until it would close. */
export function callAgainRefusal(
  visit: VisitTimes,
  now: Temporal.Instant,
): "not_ended" | "cancelled" | "too_late" | undefined {
  if (visit.appointmentStatus === "cancelled" || visit.appointmentStatus === "noshow") return "cancelled";
  if (visit.encounterStatus !== "finished") return "not_ended";
  return before(now, closesAt(visit)) ? undefined : "too_late";
}
