import "server-only";
import { cache } from "react";
import type { Temporal } from "temporal-polyfill";
import { loadSession } from "@/lib/auth/loaders";
import { listDependants } from "@/lib/booking/data/dependants";
import { listCurrentConsents, listIntakeQuestions } from "@/lib/booking/data/intake";
import { describeIntake } from "@/lib/booking/format/intake";
import { waitlistPath } from "@/lib/booking/format/waitlist";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { languageName } from "@/lib/directory/format";
import type { Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { loadViewer } from "@/lib/i18n/viewer";
import { formatZoneName } from "@/lib/time/format";
import { weekdayName } from "@/lib/time/weekdays";
import { listOfferedNow, listWeeklyHours, type OfferedNow } from "../data/offers";
import { listTakers, readSeats, unsafeListLine } from "../data/waits";
import { nowPath, specialtyPath } from "../format";
import { summariseHours } from "../rules/hours";
import { waitOf } from "../rules/standing";
import type { HoursDto, JoinPageDto, NowKindDto, NowSpecialtyDto } from "../types";

/** The specialties that can be seen at once, with how long that takes at the moment. Empty where the clinic offers none. */
export const loadNow = cache(async (): Promise<NowSpecialtyDto[]> => {
  const { locale } = await loadViewer();
  const now = systemNow();
  const offered = await listOfferedNow(db());
  const specialties: NowSpecialtyDto[] = [];
  for (const specialty of offered) specialties.push(await describeSpecialty(specialty, locale, now));
  return specialties.sort((a, b) => a.name.localeCompare(b.name, locale));
});

/** Whether the clinic offers any visit at once. */
export const loadOffersNow = cache(async (): Promise<boolean> => (await listOfferedNow(db())).length > 0);

async function describeSpecialty(
  specialty: OfferedNow,
  locale: Locale,
  now: Temporal.Instant,
  visitTypeId = specialty.visitTypes[0]?.id ?? "",
): Promise<NowSpecialtyDto> {
  const { id, code, names, visitTypes } = specialty;
  const [line, takers] = [await unsafeListLine(db(), id), await listTakers(db(), id, now)];
  const minutes = visitTypes.find((one) => one.id === visitTypeId)?.durationMinutes ?? 0;
  const wait = waitOf(
    line,
    takers,
    { visitTypeId, language: undefined },
    minutes,
    await readSeats(db(), now),
  );
  return {
    specialtyId: id,
    code,
    name: localized(names, locale),
    href: nowPath(code),
    waiting: line.length,
    ...wait,
  };
}

/**
 * The page on which somebody asks to be seen now by somebody of a specialty.
 *
 * @param visitTypeId the kind of visit; the first one where none is named
 * @returns `undefined` for what is not offered at once
 */
export const loadJoinPage = cache(
  async (code: string, visitTypeId: string | undefined): Promise<JoinPageDto | undefined> => {
    const specialty = (await listOfferedNow(db())).find((one) => one.code === code);
    const chosen = specialty?.visitTypes.find(({ id }) => visitTypeId === undefined || id === visitTypeId);
    if (!specialty || !chosen) return undefined;
    const [viewer, session] = [await loadViewer(), await loadSession()];
    const { locale } = viewer;
    const now = systemNow();
    const kinds = specialty.visitTypes.map(
      ({ id, names, durationMinutes }): NowKindDto => ({
        visitTypeId: id,
        name: localized(names, locale),
        durationMinutes,
        href: nowPath(code, id),
      }),
    );
    const kind = kinds.find((one) => one.visitTypeId === chosen.id);
    if (!kind) return undefined;
    const booker = session?.actor.patientId ? session : undefined;
    const [questions, consents, dependants] = await Promise.all([
      listIntakeQuestions(db(), chosen.id),
      listCurrentConsents(db()),
      booker ? listDependants(db(), booker.actor) : [],
    ]);
    const spoken = new Set(
      specialty.practitioners
        .filter(({ visitTypes }) => visitTypes.some(({ visitType }) => visitType.id === chosen.id))
        .flatMap(({ languages }) => languages),
    );
    return {
      ...(await describeSpecialty(specialty, locale, now, chosen.id)),
      kind,
      otherKinds: kinds.filter((one) => one !== kind),
      languages: [...spoken]
        .map((value) => ({ value, label: languageName(value, locale) }))
        .sort((a, b) => a.label.localeCompare(b.label, locale)),
      account: booker ? { name: booker.user.name, dependants } : null,
      intake: describeIntake(questions, consents, locale),
      hours: await describeHours(specialty, locale, now),
      bookHref: specialtyPath(code),
      waitlistHref: waitlistPath({ specialtyCode: code }),
    };
  },
);

/** When somebody of a specialty that offers visits at once is usually there. */
export async function loadHours(specialtyCode: string): Promise<HoursDto[]> {
  const { locale } = await loadViewer();
  const specialty = (await listOfferedNow(db())).find(({ code }) => code === specialtyCode);
  return specialty ? describeHours(specialty, locale, systemNow()) : [];
}

/** By the zone in which they keep their hours. */
async function describeHours(
  { practitioners }: OfferedNow,
  locale: Locale,
  now: Temporal.Instant,
): Promise<HoursDto[]> {
  const zones = [...new Set(practitioners.map(({ timeZone }) => timeZone))];
  const hours: HoursDto[] = [];
  for (const timeZone of zones) {
    const there = practitioners.filter((one) => one.timeZone === timeZone).map(({ id }) => id);
    const rules = await listWeeklyHours(db(), there, timeZone, now);
    const day = (weekday: number) => weekdayName(weekday, locale, "short");
    const lines = summariseHours(rules).map(({ from, to, intervals }) => ({
      days: from === to ? day(from) : `${day(from)} – ${day(to)}`,
      times: intervals.map(({ start, end }) => `${start}–${end}`).join(", "),
    }));
    if (lines.length > 0) hours.push({ zone: formatZoneName(now, { locale, timeZone }), lines });
  }
  return hours;
}
