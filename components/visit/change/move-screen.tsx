import { useTranslations } from "next-intl";
import { CalendarFrame } from "@/components/booking/calendar/calendar-frame";
import { DayCalendar } from "@/components/booking/calendar/day-calendar";
import { TimeZone } from "@/components/booking/time-zone";
import { DayTimes, type RenderTime } from "@/components/booking/times/day-times";
import { PractitionerClock } from "@/components/booking/times/practitioner-clock";
import { TimeButton } from "@/components/booking/times/time-button";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { ZoneChoice } from "@/lib/time/types";
import type { MovePageDto } from "@/lib/visits/types/visit";
import { ConfirmMove } from "./confirm-move";
import { NotChangeable } from "./not-changeable";

type Step<K extends MovePageDto["step"]["kind"]> = Extract<MovePageDto["step"], { kind: K }>;

/**
 * A patient chooses another time for a visit and then confirms it. Choosing only asks for the page of that time; what changes the
 * visit is the one button there.
 */
export function MoveScreen({
  page,
  token,
  choices,
}: {
  page: MovePageDto;
  /** Of the personal link, if the visit was opened by one. */
  token: string | undefined;
  choices: readonly ZoneChoice[];
}) {
  const t = useTranslations("change.move");
  const { visit, path, step } = page;
  const back = <Link href={visit.path}>{t("back")}</Link>;
  if (step.kind === "confirm")
    return (
      <div className="mx-auto flex max-w-2xl flex-col gap-6">
        <PageHeader
          back={back}
          title={t("confirm.title")}
          lead={t("confirm.lead", { practitioner: visit.practitionerName })}
        />
        <ClientMessages namespaces={["change"]}>
          <ConfirmMove page={{ visit, path }} step={step} token={token} />
        </ClientMessages>
      </div>
    );
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-6">
      <PageHeader
        back={back}
        title={t("title")}
        lead={step.kind === "choose" ? t("lead", { practitioner: visit.practitionerName }) : undefined}
      />
      {step.kind === "refused" ? <NotChangeable change={visit.change} /> : null}
      {step.kind === "unavailable" ? (
        <Notice tone="wait" title={t("unavailable.title")}>
          <p>{t("unavailable.body", { practitioner: visit.practitionerName })}</p>
        </Notice>
      ) : null}
      {step.kind === "choose" ? (
        <ChooseTime page={{ visit, path }} step={step} choices={choices} />
      ) : (
        <p>
          <ButtonLink href={visit.path}>{t("back")}</ButtonLink>
        </p>
      )}
    </div>
  );
}

function ChooseTime({
  page: { visit, path },
  step: { calendar, zone, isGone },
  choices,
}: {
  page: Pick<MovePageDto, "visit" | "path">;
  step: Step<"choose">;
  choices: readonly ZoneChoice[];
}) {
  const t = useTranslations("change.move");
  const renderTime: RenderTime = (time, label) =>
    time.iso === visit.starts.iso ? (
      <span className="inline-flex h-12 min-w-16 flex-col items-center justify-center rounded-md border border-dashed border-control px-2 leading-tight text-muted tabular-nums">
        <time dateTime={time.iso}>{time.time}</time>
        <span className="text-xs">{t("now")}</span>
      </span>
    ) : (
      <TimeButton time={time} label={label} />
    );
  return (
    <CalendarFrame liveKey={calendar.liveKey}>
      {isGone ? (
        <Notice tone="wait" title={t("gone.title")}>
          <p>{t("gone.body")}</p>
        </Notice>
      ) : null}
      <div>
        <p className="tabular-nums">
          {t("present", { date: visit.starts.shortDate, time: visit.starts.time })}
        </p>
        <TimeZone zone={zone} choices={choices}>
          {calendar.clocks ? (
            <PractitionerClock clocks={calendar.clocks} name={visit.practitionerName} />
          ) : null}
        </TimeZone>
      </div>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        <div className="self-start lg:sticky lg:top-6">
          <DayCalendar calendar={calendar} />
        </div>
        {/* Asks for a page and changes nothing, so it is a GET. */}
        <form method="get" action={path}>
          <DayTimes calendar={calendar} renderTime={renderTime} />
        </form>
      </div>
    </CalendarFrame>
  );
}
