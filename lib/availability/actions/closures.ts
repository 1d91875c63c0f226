"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { Temporal } from "temporal-polyfill";
import { type DetailedRefusal, formAction } from "@/lib/auth/pipeline";
import { type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { loadLocale } from "@/lib/i18n/viewer";
import { canKeepClosures } from "../ability";
import { type CalendarFile, readCalendarFile } from "../data/calendar-file";
import { describeDays, describeStranded } from "../format/schedule";
import { addClosure, importClosures, removeClosure } from "../mutations/closures";
import { closureIdSchema, closureSchema, importSchema } from "../schema/closures";
import type { ClosureRefusal, ImportDto, Stranded, StrandedDto } from "../types";

const LIMIT = { max: 100, windowSeconds: 900 };

/** Free times change for everybody. */
function shown<R extends Result<unknown, string>>(result: R): R {
  if (result.ok) revalidatePath("/", "layout");
  return result;
}

const strandedFor = async (stranded: Stranded, now: Temporal.Instant): Promise<StrandedDto> =>
  describeStranded(stranded, "/admin/calendar", { locale: await loadLocale(), now });

export const addClosureAction = formAction({
  name: "availability.add-closure",
  schema: closureSchema,
  limit: LIMIT,
  allow: canKeepClosures,
  run: async ({
    actor,
    input,
    now,
  }): Promise<Result<unknown, ClosureRefusal> | DetailedRefusal<ClosureRefusal, StrandedDto>> => {
    const result = shown(await addClosure(input, actor, now));
    if (!("stranded" in result)) return result;
    return { ...refuse("strands"), detail: await strandedFor(result.stranded, now) };
  },
});

export const removeClosureAction = formAction({
  name: "availability.remove-closure",
  schema: closureIdSchema,
  limit: LIMIT,
  allow: canKeepClosures,
  run: async ({
    actor,
    input,
    now,
  }): Promise<Result<unknown, ClosureRefusal> | DetailedRefusal<ClosureRefusal, StrandedDto>> =>
    shown(await removeClosure(input, actor, now)),
});

/** Looks into a calendar file first; adds the days that come back from there. */
export const importClosuresAction = formAction({
  name: "availability.import-closures",
  schema: importSchema,
  file: "calendar",
  limit: LIMIT,
  allow: canKeepClosures,
  run: async ({
    actor,
    input,
    now,
  }): Promise<Result<unknown, ClosureRefusal> | DetailedRefusal<ClosureRefusal, ImportDto>> => {
    if (input.step === "look") {
      const t = await getTranslations("schedule.closures");
      const read = await readCalendarFile(db(), await input.calendar.text(), t("untitled"), now);
      return read.ok ? { ...refuse("preview"), detail: await describeImport(read.value, null, now) } : read;
    }
    const result = shown(await importClosures(input, actor, now));
    if (!("stranded" in result)) return result;
    const looked = { closures: input.closures, known: 0, ignored: 0 };
    return { ...refuse("strands"), detail: await describeImport(looked, result.stranded, now) };
  },
});

async function describeImport(
  { closures, known, ignored }: CalendarFile,
  stranded: Stranded | null,
  now: Temporal.Instant,
): Promise<ImportDto> {
  const locale = await loadLocale();
  return {
    days: JSON.stringify(closures),
    lines: closures.map(({ title, startOn, endOn, importUid }) => ({
      key: importUid,
      title,
      days: describeDays(startOn, endOn, { locale, now }),
    })),
    known,
    ignored,
    stranded: stranded && (await strandedFor(stranded, now)),
  };
}
