import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { ClinicDayDto } from "@/lib/visits/types/staff";
import { ClinicDay, type DayFilter } from "./clinic-day";

/** One day of the whole clinic: which day, whose, then the day itself, live. */
export function ClinicCalendar({ day, filter }: { day: ClinicDayDto; filter: DayFilter }) {
  const t = useTranslations("staff.calendar");
  const link = (date?: string) => {
    const query = { date, ...filter };
    const said = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
    return said.length > 0 ? `/admin/calendar?${new URLSearchParams(said)}` : "/admin/calendar";
  };
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">{day.title}</h1>
          <p className="text-sm text-muted">{t("zone", { zone: day.zone })}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <nav aria-label={t("days")} className="flex items-center">
            <Step href={link(day.previous)} label={t("previousDay")} icon={ChevronLeft} />
            <ButtonLink
              href={link()}
              variant="quiet"
              size="sm"
              aria-current={day.isToday ? "date" : undefined}
            >
              {t("today")}
            </ButtonLink>
            <Step href={link(day.next)} label={t("nextDay")} icon={ChevronRight} />
          </nav>
          <ButtonLink href="/admin/book" variant="primary" size="sm">
            {t("book")}
          </ButtonLink>
        </div>
      </header>
      <Filter day={day} filter={filter} />
      <ClientMessages namespaces={["agenda", "staff"]}>
        <ClinicDay key={day.date} initial={day} filter={filter} />
      </ClientMessages>
    </div>
  );
}

const Step = ({ href, label, icon: Icon }: { href: string; label: string; icon: LucideIcon }) => (
  <ButtonLink href={href} variant="quiet" size="icon" aria-label={label}>
    <Icon aria-hidden="true" className="size-5 rtl:-scale-x-100" />
  </ButtonLink>
);

/** A plain form that asks for another page: it changes nothing, and its address can be kept. */
function Filter({ day, filter }: { day: ClinicDayDto; filter: DayFilter }) {
  const t = useTranslations("staff.calendar");
  const people = [
    ...day.columns.map(({ practitionerId, name, specialtyCode }) => ({
      practitionerId,
      name,
      specialtyCode,
    })),
    ...day.absent,
  ].toSorted((a, b) => a.name.localeCompare(b.name));
  const specialties = new Map(day.columns.map(({ specialtyCode, specialty }) => [specialtyCode, specialty]));
  return (
    <form
      action="/admin/calendar"
      aria-label={t("filter")}
      className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
    >
      <Field id="date" label={t("date")} className="text-sm">
        {(control) => (
          <Input
            {...control}
            key={day.date}
            type="date"
            name="date"
            defaultValue={day.date}
            className="sm:w-40"
          />
        )}
      </Field>
      <Field id="specialty" label={t("specialty")} className="text-sm">
        {(control) => (
          <Select {...control} name="specialty" defaultValue={filter.specialty ?? ""} className="sm:w-48">
            <option value="">{t("allSpecialties")}</option>
            {[...specialties].map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="practitioner" label={t("practitioner")} className="text-sm">
        {(control) => (
          <Select
            {...control}
            name="practitioner"
            defaultValue={filter.practitioner ?? ""}
            className="sm:w-52"
          >
            <option value="">{t("allPractitioners")}</option>
            {people.map(({ practitionerId, name }) => (
              <option key={practitionerId} value={practitionerId}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit">{t("show")}</Button>
    </form>
  );
}
