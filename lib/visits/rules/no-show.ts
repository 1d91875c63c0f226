import { Temporal } from "temporal-polyfill";
import type { NoShowSide } from "../types/agenda";
import type { VisitSettings } from "../types/settings";
import type { VisitTimes } from "./windows";

/** What is known of who came to a visit. */
export type NoShowFacts = Pick<VisitTimes, "startAt" | "appointmentStatus" | "encounterStatus"> & {
  /** The most that the practitioner has announced for that day, also where they took it back: whoever was told of it comes then. */
  toldMinutes: number;
  /** Was in the waiting room or in the conference at any time. */
  patientCame: boolean;
  /** Had the visit's page open, was in the conference, or said something to whoever waits. */
  practitionerCame: boolean;
  /** Another visit of the practitioner is in progress: they are late, not missing. */
  practitionerBusy: boolean;
  /** When a person last took a no-show back: whoever is then still awaited has as long again. */
  revertedAt: Temporal.Instant | undefined;
};

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;

/** From this instant on somebody who was never there counts as missing: after the latest announced start, not the booked one. */
export function missingFrom(
  { startAt, toldMinutes, revertedAt }: Pick<NoShowFacts, "startAt" | "toldMinutes" | "revertedAt">,
  { noShowAfterMinutes }: Pick<VisitSettings, "noShowAfterMinutes">,
): Temporal.Instant {
  const awaited = startAt.add({ minutes: toldMinutes });
  const since = revertedAt && isBefore(awaited, revertedAt) ? revertedAt : awaited;
  return since.add({ minutes: noShowAfterMinutes });
}

/** Nobody has said yet what became of it: neither begun, nor over. */
const isOpen = ({ appointmentStatus, encounterStatus }: NoShowFacts) =>
  (appointmentStatus === "booked" || appointmentStatus === "arrived") &&
  (encounterStatus === "planned" || encounterStatus === "arrived");

/**
 * Who seems not to have come to a visit that nobody has started. Only somebody who was never there: a patient who came and went, a
 * practitioner who looked in, or is still in the visit before, is not missing. Where neither came it is proposed of the patient,
 * since practitioners watch their agenda and open no visit without one.
 */
export function proposedNoShow(
  facts: NoShowFacts,
  settings: Pick<VisitSettings, "noShowAfterMinutes">,
  now: Temporal.Instant,
): NoShowSide | undefined {
  if (!isOpen(facts) || isBefore(now, missingFrom(facts, settings))) return undefined;
  if (!facts.patientCame) return "patient";
  return facts.practitionerCame || facts.practitionerBusy ? undefined : "practitioner";
}

/** Whether the clock may say so by itself: never against a person who has taken it back. */
export const mayBeAutomatic = (
  { revertedAt }: Pick<NoShowFacts, "revertedAt">,
  { noShowAutomatic }: Pick<VisitSettings, "noShowAutomatic">,
): boolean => noShowAutomatic && revertedAt === undefined;

type Stay = { side: "patient" | "practitioner" | "third"; toAt: Temporal.Instant | undefined };

/** Whether somebody was there for the visit: when or after it opened to them. A look at its page the day before is no coming. */
export const wasThere = (stays: readonly Stay[], side: NoShowSide, openedAt: Temporal.Instant): boolean =>
  stays.some((stay) => stay.side === side && (stay.toAt === undefined || !isBefore(stay.toAt, openedAt)));

/**
 * Why a person may not say of a visit that somebody did not come, or nothing. From its start on, until it is over; of one in progress
 * only that the patient never came, who would else have been seen.
 */
export function noShowRefusal(
  { startAt, appointmentStatus, encounterStatus, patientCame }: NoShowFacts,
  who: NoShowSide,
  now: Temporal.Instant,
): "too_early" | "not_changeable" | undefined {
  if (appointmentStatus !== "booked" && appointmentStatus !== "arrived") return "not_changeable";
  if (encounterStatus === "finished" || encounterStatus === "cancelled") return "not_changeable";
  if (encounterStatus === "in_progress" && (who === "practitioner" || patientCame)) return "not_changeable";
  return isBefore(now, startAt) ? "too_early" : undefined;
}
