import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { StaffStepDto } from "@/lib/booking/types/staff";
import { CalendarFrame } from "../calendar/calendar-frame";
import { DayCalendar } from "../calendar/day-calendar";
import { DayTimes, type RenderTime } from "../times/day-times";

/** Free times as links to the page's next step, and any other time for those who have a reason. */
export function StaffTimes({
  step,
  path,
  zone,
}: {
  step: Extract<StaffStepDto, { kind: "choose" }>;
  path: string;
  zone: string;
}) {
  const t = useTranslations("staff.times");
  const renderTime: RenderTime = (time, label) => (
    <ButtonLink
      href={`${step.startHref}${encodeURIComponent(time.iso)}`}
      prefetch={false}
      aria-label={label}
      className="tabular-nums"
    >
      {time.time}
    </ButtonLink>
  );
  return (
    <CalendarFrame liveKey={null}>
      <div className="flex flex-col gap-4">
        {step.isWrong ? (
          <Notice tone="wait" announce="alert">
            <p>{t("wrong")}</p>
          </Notice>
        ) : null}
        <p className="text-sm text-muted">{t("zone", { zone })}</p>
        <div className="grid items-start gap-6 md:grid-cols-[minmax(18rem,22rem)_1fr]">
          <DayCalendar calendar={step.calendar} />
          <DayTimes calendar={step.calendar} renderTime={renderTime} />
        </div>
        <AnyTime step={step} path={path} />
      </div>
    </CalendarFrame>
  );
}

/** A plain form that asks for the next step's page; nothing is changed by it. */
function AnyTime({ step, path }: { step: Extract<StaffStepDto, { kind: "choose" }>; path: string }) {
  const t = useTranslations("staff.times");
  return (
    <Details summary={t("any")} open={step.isWrong}>
      <form action={path} className="flex flex-col gap-3 py-2">
        <p className="measure text-muted">{t("anyHint")}</p>
        {step.hidden.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="flex flex-wrap items-end gap-2">
          <Field id="date" label={t("date")} className="text-sm">
            {(control) => (
              <Input
                {...control}
                type="date"
                name="date"
                required
                defaultValue={step.date}
                className="w-40"
              />
            )}
          </Field>
          <Field id="time" label={t("time")} className="text-sm">
            {(control) => (
              <Input
                {...control}
                type="time"
                name="time"
                required
                defaultValue={step.time}
                className="w-32"
              />
            )}
          </Field>
          <Button type="submit">{t("take")}</Button>
        </div>
      </form>
    </Details>
  );
}
