import "server-only";
import { cache } from "react";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { describeZone } from "@/lib/booking/format/times";
import { loadCalendar } from "@/lib/booking/loaders/calendar";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, findVisitType } from "@/lib/directory/data";
import { loadViewer } from "@/lib/i18n/viewer";
import { readVisitorHash } from "@/lib/security/visitor";
import { describeMoment, formatTime } from "@/lib/time/format";
import { parseInstant } from "@/lib/time/instant";
import type { MovePageDto, PatientVisitDto } from "../types/visit";
import { loadLinkedVisit, loadPatientVisit } from "./visit";

/**
 * The page on which a patient moves a visit, by account. Kept for the request, since title and page both ask.
 *
 * @param day ISO date of the day to open
 * @param from ISO date in the month to show
 * @param startAt the time that was chosen, RFC 3339; it is then to be confirmed
 */
export const loadPatientMove = cache(
  async (
    appointmentId: string,
    day: string | undefined,
    from: string | undefined,
    startAt: string | undefined,
  ): Promise<MovePageDto> => readMove(await loadPatientVisit(appointmentId), { day, from, startAt }),
);

/** The same by personal link; not found for a link that opens nothing. */
export const loadLinkedMove = cache(
  async (
    token: string,
    day: string | undefined,
    from: string | undefined,
    startAt: string | undefined,
  ): Promise<MovePageDto> => readMove(await loadLinkedVisit(token), { day, from, startAt }),
);

type Asked = { day: string | undefined; from: string | undefined; startAt: string | undefined };

async function readMove(visit: PatientVisitDto, { day, from, startAt }: Asked): Promise<MovePageDto> {
  const path = `${visit.path}/move`;
  if (visit.change.refusal) return { visit, path, step: { kind: "refused", refusal: visit.change.refusal } };
  const [viewer, now] = [await loadViewer(), systemNow()];
  const [practitioner, visitType, exceptHolder] = await Promise.all([
    findPractitioner(db(), visit.practitionerId),
    findVisitType(db(), visit.visitTypeId),
    readVisitorHash(),
  ]);
  if (!practitioner || !visitType || !practitioner.visitTypeIds.includes(visitType.id))
    return { visit, path, step: { kind: "unavailable" } };

  const exceptAppointmentId = visit.appointmentId;
  const chosen = parseInstant(startAt);
  if (chosen) {
    const free = await findFreeSlots(db(), {
      practitionerIds: [practitioner.id],
      visitTypeId: visitType.id,
      from: chosen,
      to: chosen.add({ milliseconds: 1 }),
      now,
      exceptAppointmentId,
      ...(exceptHolder ? { exceptHolder } : {}),
    });
    const [slot] = free.get(practitioner.id) ?? [];
    if (slot) {
      const [to, toEndTime] = [describeMoment(slot.startAt, viewer, now), formatTime(slot.endAt, viewer)];
      return { visit, path, step: { kind: "confirm", to, toEndTime } };
    }
  }
  const calendar = await loadCalendar(
    {
      practitioner,
      visitType,
      day,
      from,
      link: (query) => addressOf(path, query),
      exceptAppointmentId,
      ...(exceptHolder ? { exceptHolder } : {}),
    },
    viewer,
    now,
  );
  return {
    visit,
    path,
    step: { kind: "choose", calendar, zone: describeZone(viewer, now), isGone: startAt !== undefined },
  };
}

function addressOf(path: string, { day, from }: { day?: string; from?: string }): string {
  const said = Object.entries({ day, from }).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return said.length > 0 ? `${path}?${new URLSearchParams(said)}` : path;
}
