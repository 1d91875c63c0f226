import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import type { ChoiceDto, StaffBookingDto } from "@/lib/booking/types/staff";
import { StaffBookingForm } from "./staff-booking-form";
import { StaffTimes } from "./staff-times";

type Props = { page: StaffBookingDto; idempotencyKey: string };

/** Booking on a patient's behalf: with whom and what, when, then for whom. */
export function StaffBookingScreen({ page, idempotencyKey }: Props) {
  const t = useTranslations("staff");
  const { area, path, practitioners, visitTypes, chosen } = page;
  return (
    <div className="flex max-w-5xl flex-col gap-5">
      <h1 className="text-xl font-semibold tracking-tight">{t("title")}</h1>
      {page.follows ? <p className="text-muted">{t("follows", { name: page.follows.patientName })}</p> : null}
      {chosen === null ? (
        <EmptyState title={t("nothing.title")}>
          <p>{t("nothing.body")}</p>
        </EmptyState>
      ) : chosen.step.kind === "choose" ? (
        <>
          <form action={path} className="flex flex-wrap items-end gap-2">
            {area === "admin" ? (
              <Choice
                name="practitioner"
                label={t("practitioner")}
                choices={practitioners}
                value={chosen.practitionerId}
              />
            ) : null}
            {page.follows ? <input type="hidden" name="follows" value={page.follows.appointmentId} /> : null}
            <Choice name="visit" label={t("visitType")} choices={visitTypes} value={chosen.visitTypeId} />
            <Button type="submit">{t("showTimes")}</Button>
          </form>
          <StaffTimes step={chosen.step} path={path} zone={chosen.zone} />
        </>
      ) : (
        <>
          <div className="rounded-md border border-line bg-surface p-card">
            <p className="text-lg font-semibold tabular-nums">
              {t("when", {
                date: chosen.step.starts.date,
                from: chosen.step.starts.time,
                to: chosen.step.endTime,
                zone: chosen.zone,
              })}
            </p>
            <p>
              {t("what", {
                practitioner: chosen.practitionerName,
                type: chosen.visitType,
                minutes: chosen.durationMinutes,
              })}
            </p>
            <p className="mt-1">
              <Link href={chosen.step.backHref}>{t("otherTime")}</Link>
            </p>
          </div>
          <ClientMessages namespaces={["staff"]}>
            <StaffBookingForm
              area={area}
              practitionerId={chosen.practitionerId}
              visitTypeId={chosen.visitTypeId}
              startIso={chosen.step.starts.iso}
              isFree={chosen.step.isFree}
              idempotencyKey={idempotencyKey}
              follows={page.follows}
              languages={page.languages}
              locale={page.locale}
            />
          </ClientMessages>
        </>
      )}
    </div>
  );
}

/** One of a plain form's choices, which asks for another page. */
export const Choice = ({
  name,
  label,
  choices,
  value,
}: {
  name: string;
  label: string;
  choices: readonly ChoiceDto[];
  value: string;
}) => (
  <Field id={name} label={label} className="min-w-52 text-sm">
    {(control) => (
      <Select {...control} key={value} name={name} defaultValue={value}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </Select>
    )}
  </Field>
);
