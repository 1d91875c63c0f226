import "server-only";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { Actor } from "@/lib/access/types";
import { noteRefusal, requireRole, requireSchedules } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { loadLocale } from "@/lib/i18n/viewer";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { dateIn } from "@/lib/time/zones";
import { canKeepScheduleOf } from "../ability";
import { findSchedule, listClosures } from "../data/schedule";
import { describeDays, describeSchedule, type ScheduleQuery } from "../format/schedule";
import type { ClosureLineDto, ScheduleDto } from "../types";

/** A practitioner's schedule for whoever keeps it; not found for everybody else. */
export async function loadSchedule(
  actor: Actor,
  practitionerId: string,
  query: ScheduleQuery,
): Promise<ScheduleDto> {
  if (!canKeepScheduleOf(actor, practitionerId)) {
    await noteRefusal("schedule", actor);
    notFound();
  }
  const [locale, t] = await Promise.all([loadLocale(), getTranslations("schedule")]);
  const now = systemNow();
  const kept = await findSchedule(db(), practitionerId, now);
  if (!kept) notFound();
  return describeSchedule(kept, query, { locale, now, aroundTheClock: t("hours.aroundTheClockShort") });
}

/** The signed-in practitioner's own schedule, and the zones to choose from. */
export async function loadOwnSchedule(
  query: ScheduleQuery,
): Promise<{ schedule: ScheduleDto; zones: { value: string; label: string }[] }> {
  const { actor } = await requireRole("practitioner", "/schedule");
  if (actor.practitionerId === undefined) notFound();
  const locale = await loadLocale();
  return {
    schedule: await loadSchedule(actor, actor.practitionerId, query),
    zones: listZoneChoices(locale).map(({ timeZone, place }) => ({
      value: timeZone,
      label: `${place} (${timeZone})`,
    })),
  };
}

/** The clinic's closures that are not over yet. */
export async function loadClosures(): Promise<{ closures: ClosureLineDto[]; today: string }> {
  await requireSchedules("/admin/closures");
  const now = systemNow();
  const locale = await loadLocale();
  const today = dateIn(now, env().CLINIC_TIME_ZONE);
  const closures = await listClosures(db(), today);
  return {
    closures: closures.map(({ closureId, title, startOn, endOn, imported }) => ({
      closureId,
      title,
      days: describeDays(startOn, endOn, { locale, now }),
      imported,
    })),
    today: today.toString(),
  };
}
