import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Monogram } from "@/components/ui/monogram";
import type { DirectoryEntryDto } from "@/lib/booking/types/directory";
import { HoldForm } from "./times/hold-form";
import { TimeButton } from "./times/time-button";

/** One practitioner of the directory: who, in which languages, and the first free times to press at once. */
export function DirectoryEntry({ entry }: { entry: DirectoryEntryDto }) {
  const t = useTranslations("home");
  return (
    <Card className="flex flex-col gap-4 sm:flex-row sm:items-start sm:justify-between">
      <div className="flex min-w-0 gap-4">
        <Monogram name={entry.name} />
        <div className="min-w-0">
          <h2 className="text-lg font-semibold">
            <Link href={entry.href} prefetch={false}>
              {entry.name}
            </Link>
          </h2>
          <p>{entry.specialty}</p>
          <p className="text-muted">{t("speaks", { languages: entry.languages })}</p>
        </div>
      </div>
      <FirstTimes entry={entry} />
    </Card>
  );
}

function FirstTimes({ entry: { next, name, href, practitionerId } }: { entry: DirectoryEntryDto }) {
  const t = useTranslations("home");
  if (!next) {
    return <p className="text-muted sm:w-80 sm:shrink-0">{t("noTimes")}</p>;
  }
  const day = next.day === "later" ? next.date : t(`day.${next.day}`);
  return (
    <HoldForm
      id={`times-${practitionerId}`}
      offer={{ practitionerId, visitTypeId: next.visitTypeId }}
      className="flex flex-col gap-2 sm:w-80 sm:shrink-0"
    >
      <p>
        <span className="font-semibold">{day}</span>{" "}
        <span className="text-muted">
          · {t("visitType", { name: next.visitType, minutes: next.durationMinutes })}
        </span>
      </p>
      <ul className="flex flex-wrap items-center gap-1.5 sm:gap-2">
        {next.times.map((time) => (
          <li key={time.iso}>
            <TimeButton
              time={time}
              label={t("timeLabel", {
                time: time.offset ? `${time.time} ${time.offset}` : time.time,
                date: day,
                name,
              })}
            />
          </li>
        ))}
        <li>
          <Link
            href={href}
            prefetch={false}
            aria-label={t("moreOf", { name })}
            className="inline-flex min-h-control items-center px-1"
          >
            {t("more")}
          </Link>
        </li>
      </ul>
    </HoldForm>
  );
}
