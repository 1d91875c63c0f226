import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Temporal } from "temporal-polyfill";
import { noteRefusal } from "@/lib/auth/loaders";
import { waitlistPath } from "@/lib/booking/format/waitlist";
import { systemNow } from "@/lib/core/clock";
import { type Db, db } from "@/lib/db/client";
import { languageName } from "@/lib/directory/format";
import type { LiveSource } from "@/lib/events/stream";
import { queueTopic } from "@/lib/events/topics";
import { localized } from "@/lib/i18n/localized";
import { loadViewer } from "@/lib/i18n/viewer";
import { type EntryRow, findEntryByToken } from "../data/entry";
import { listTakers, readSeats, unsafeListLine } from "../data/waits";
import { nowPath, specialtyPath } from "../format";
import { beatEntry } from "../mutations/join";
import { standingOf } from "../rules/standing";
import type { PlaceDto, PlacePhase, PlaceState } from "../types";
import { loadHours } from "./now";
import { PageBeat } from "./presence";

const phaseOf = ({ status, offers }: EntryRow): PlacePhase =>
  status === "waiting" && offers.length > 0 ? "asking" : status;

/** How a place stands; what others are in the line it does not say, only how many. */
async function readPlace(tx: Db, entry: EntryRow, now: Temporal.Instant): Promise<PlaceState> {
  const phase = phaseOf(entry);
  if (entry.status !== "waiting") return { phase, place: 0, expectedMinutes: null, onDuty: 0 };
  const [line, takers] = [
    await unsafeListLine(tx, entry.specialtyId),
    await listTakers(tx, entry.specialtyId, now),
  ];
  const { durationMinutes } = entry.visitType;
  const standing = standingOf(line, takers, entry.id, durationMinutes, await readSeats(tx, now));
  return { phase, ...standing };
}

/** The page of a place in the queue. Not found for every link that opens nothing, whatever the reason. */
export const loadPlace = cache(async (token: string): Promise<PlaceDto> => {
  const entry = await findEntryByToken(db(), token);
  if (!entry) {
    await noteRefusal("link.queue");
    notFound();
  }
  const { locale } = await loadViewer();
  return {
    entryId: entry.id,
    specialty: localized(entry.specialty.names, locale),
    visitType: localized(entry.visitType.names, locale),
    language: entry.language ? languageName(entry.language, locale) : null,
    phone: entry.phone,
    bookHref: specialtyPath(entry.specialty.code),
    waitlistHref: waitlistPath({ specialtyCode: entry.specialty.code }),
    nowHref: nowPath(entry.specialty.code),
    hours: entry.status === "waiting" ? await loadHours(entry.specialty.code) : [],
    state: await readPlace(db(), entry, systemNow()),
  };
});

/** What takers are doing changes with the clock too. */
const AGAIN_MS = 15_000;

/** `queue:<id>` with its link's token: a place. Whoever follows it is there, and so is offered. */
export async function resolvePlaceKey(
  key: string,
  token: string | undefined,
): Promise<LiveSource | undefined> {
  const [kind, id] = key.split(":");
  if (kind !== "queue") return undefined;
  const found = await findEntryByToken(db(), token);
  if (!found || found.id !== id) return undefined;
  const beat = new PageBeat(() => beatEntry(found.id, systemNow()));
  return {
    topics: [queueTopic(found.specialtyId)],
    snapshot: async () => {
      await beat.start();
      const present = await findEntryByToken(db(), token);
      return present ? readPlace(db(), present, systemNow()) : null;
    },
    endsInMs: () => AGAIN_MS,
    end: () => beat.end(),
  };
}
