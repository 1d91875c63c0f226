import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Temporal } from "temporal-polyfill";
import { noteRefusal } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import type { LiveSource } from "@/lib/events/stream";
import { appointmentTopic } from "@/lib/events/topics";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, formatTime } from "@/lib/time/format";
import { parseInstant, toInstant } from "@/lib/time/instant";
import { findThirdPersonByToken } from "../data/third";
import { visitTimes } from "../data/visits";
import { thirdPersonChangesAt, thirdPersonPhase } from "../rules/third";
import type { ThirdPersonDto, ThirdPersonState } from "../types/third";
import { LivePresence } from "./live-presence";

type Found = NonNullable<Awaited<ReturnType<typeof findThirdPersonByToken>>>;

function standingOf({ status, windows, encounter }: Found) {
  const { appointment } = encounter;
  const { startAt, endAt, status: appointmentStatus } = appointment;
  return {
    status,
    visit: visitTimes({ startAt, endAt, status: appointmentStatus, encounter, windows }),
  };
}

/** As it is in a visit that has begun; before that, as was agreed. */
function willBeRecorded({ windows, encounter }: Found): boolean {
  const isOn = encounter.conference?.recording ?? false;
  if (encounter.status === "in_progress") return isOn;
  return isOn || (windows.recording && encounter.appointment.consents.length > 0);
}

function describe(found: Found, now: Temporal.Instant): ThirdPersonState {
  const standing = standingOf(found);
  return {
    phase: thirdPersonPhase(standing, now),
    changesAt: thirdPersonChangesAt(standing, now)?.toString() ?? null,
    isRecorded: willBeRecorded(found),
    inside: {
      isIn: found.encounter.attendances.some(({ thirdPersonId }) => thirdPersonId === found.id),
      isAnybodyIn: found.encounter.attendances.length > 0,
    },
    appLinks: found.windows.appLinks,
  };
}

/** A third person's page. Not found for every link that opens nothing, whatever the reason. */
export const loadThirdPerson = cache(async (token: string): Promise<ThirdPersonDto> => {
  const found = await findThirdPersonByToken(db(), token);
  if (!found) {
    await noteRefusal("link.third_person");
    notFound();
  }
  const now = systemNow();
  const viewer = await loadViewer();
  const { appointment } = found.encounter;
  return {
    thirdPersonId: found.id,
    name: found.name,
    kind: found.kind,
    practitionerName: appointment.practitioner.displayName,
    starts: describeMoment(toInstant(appointment.startAt), viewer, now),
    endTime: formatTime(toInstant(appointment.endAt), viewer),
    opensMinutes: found.windows.patientOpensMinutes,
    state: describe(found, now),
  };
});

/** The state of a third person's page when its script asks; nothing for a link that opens nothing. */
export async function readThirdPersonState(
  token: string,
): Promise<{ state: ThirdPersonState; thirdPersonId: string; appointmentId: string } | undefined> {
  const found = await findThirdPersonByToken(db(), token);
  if (!found) return undefined;
  const { id: appointmentId } = found.encounter.appointment;
  return { state: describe(found, systemNow()), thirdPersonId: found.id, appointmentId };
}

/** `third:<id>` with its link's token: what a third person's page follows. Whoever follows it is present at the door. */
export async function resolveThirdKey(
  key: string,
  token: string | undefined,
): Promise<LiveSource | undefined> {
  const [kind, id] = key.split(":");
  if (kind !== "third" || token === undefined) return undefined;
  const found = await findThirdPersonByToken(db(), token);
  if (!found || found.id !== id) return undefined;
  const presence = new LivePresence({
    appointmentId: found.encounter.appointmentId,
    encounterId: found.encounterId,
    side: "third",
    thirdPersonId: found.id,
  });
  let changesAt: Temporal.Instant | undefined;
  return {
    topics: [appointmentTopic(found.encounter.appointmentId)],
    snapshot: async () => {
      const present = await findThirdPersonByToken(db(), token);
      if (!present) return null;
      const state = describe(present, systemNow());
      changesAt = parseInstant(state.changesAt ?? undefined);
      presence.follow(["door", "admitted", "in_progress"].includes(state.phase));
      return state;
    },
    endsInMs: () => changesAt && systemNow().until(changesAt).total("milliseconds"),
    end: () => presence.end(),
  };
}
