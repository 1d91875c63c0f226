import "server-only";
import { Temporal } from "temporal-polyfill";
import { hasRole, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { requireRole, requireSchedules } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { listPractitioners, listVisitTypes } from "@/lib/directory/data";
import { loadLocale } from "@/lib/i18n/viewer";
import { dateIn, parseDate } from "@/lib/time/zones";
import { canKeepScheduleOf } from "../ability";
import { listClosureTitles, listObstacles, whyNotOffered } from "../data/why-not";
import { describeWhyNot } from "../format/why-not";
import type { WhyNotDto } from "../types";

/** What the form asks, as the page's address has it. */
export type WhyNotQuery = Partial<Record<"practitioner" | "visit" | "date" | "time", string | undefined>>;

/** Why a start is not offered: whoever keeps all schedules asks about everybody. */
export async function loadWhyNot(query: WhyNotQuery): Promise<WhyNotDto> {
  const { actor } = await requireSchedules("/admin/why-not");
  return answer(actor, query, await listPractitioners(db()));
}

/** Why a start is not offered: practitioners ask about themselves. */
export async function loadOwnWhyNot(query: WhyNotQuery): Promise<WhyNotDto> {
  const { actor } = await requireRole("practitioner", "/schedule/why-not");
  const own = await listPractitioners(db(), { practitionerIds: [actor.practitionerId ?? ""] });
  return answer(actor, { ...query, practitioner: own[0]?.id }, own);
}

async function answer(
  actor: Actor,
  query: WhyNotQuery,
  practitioners: Awaited<ReturnType<typeof listPractitioners>>,
): Promise<WhyNotDto> {
  const [locale, now] = [await loadLocale(), systemNow()];
  const visitTypes = await listVisitTypes(db());
  const practitioner = practitioners.find(({ id }) => id === query.practitioner);
  const visitType = visitTypes.find(({ id }) => id === query.visit);
  const date = parseNearDate(query.date, now);
  const time = /^([01]\d|2[0-3]):[0-5]\d$/.test(query.time ?? "") ? query.time : undefined;
  const isAsked = query.visit !== undefined || query.date !== undefined || query.time !== undefined;
  const today = dateIn(now, practitioner?.timeZone ?? env().CLINIC_TIME_ZONE);
  const dto: WhyNotDto = {
    choices: {
      practitioners: practitioners.map(({ id, displayName }) => ({ value: id, name: displayName })),
      visitTypes: visitTypes.map(({ id, names }) => ({ value: id, name: names[locale] })),
    },
    asked: {
      practitionerId: practitioner?.id ?? "",
      visitTypeId: visitType?.id ?? "",
      date: query.date ?? today.toString(),
      time: query.time ?? "",
    },
    problem: null,
    answer: null,
  };
  if (!isAsked) return dto;
  if (!practitioner || !canKeepScheduleOf(actor, practitioner.id)) return { ...dto, problem: "practitioner" };
  if (!visitType) return { ...dto, problem: "visit" };
  if (!date) return { ...dto, problem: "date" };
  if (!time) return { ...dto, problem: "time" };

  const at = date.toZonedDateTime({ timeZone: practitioner.timeZone, plainTime: time }).toInstant();
  const start = { practitionerId: practitioner.id, visitTypeId: visitType.id, at, now };
  const [reasons, obstacles, closures] = await Promise.all([
    whyNotOffered(db(), start),
    listObstacles(db(), start),
    listClosureTitles(db(), dateIn(at, env().CLINIC_TIME_ZONE)),
  ]);
  return {
    ...dto,
    answer: describeWhyNot(
      { practitioner, visitType: { id: visitType.id, name: visitType.names[locale] }, date, at },
      { reasons, obstacles, closures },
      { locale, keepsAll: keepsAllSchedules(actor), isAdministrator: hasRole(actor, "administrator") },
      now,
    ),
  };
}

/** Further away nobody asks, and no database has a date for every year that one can write. */
const YEARS = 2;

function parseNearDate(text: string | undefined, now: Temporal.Instant): Temporal.PlainDate | undefined {
  const date = parseDate(text);
  const today = dateIn(now, "UTC");
  if (!date) return undefined;
  const isNear =
    Temporal.PlainDate.compare(today.subtract({ years: YEARS }), date) <= 0 &&
    Temporal.PlainDate.compare(date, today.add({ years: YEARS })) <= 0;
  return isNear ? date : undefined;
}
