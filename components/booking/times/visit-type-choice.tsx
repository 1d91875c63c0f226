import { clsx } from "clsx";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import type { VisitTypeChoiceDto } from "@/lib/booking/types/times";
import { LinkProgress } from "../link-progress";

/** The kinds of visit that a practitioner offers, each with its own times. A single one is only named. */
export function VisitTypeChoice({ visitTypes }: { visitTypes: readonly VisitTypeChoiceDto[] }) {
  const t = useTranslations("home.times");
  return (
    <nav aria-labelledby="visit-types" className="flex flex-col gap-2">
      <h2 id="visit-types" className="font-semibold">
        {t("visitTypes")}
      </h2>
      <ul className="grid gap-2 sm:grid-cols-3">
        {visitTypes.map(({ visitTypeId, name, durationMinutes, href, isChosen }) => (
          <li key={visitTypeId}>
            <NextLink
              href={href}
              prefetch={false}
              scroll={false}
              aria-current={isChosen ? "true" : undefined}
              className={clsx(
                "relative flex h-full min-h-control items-center justify-between gap-x-3 rounded-md border px-4 py-2 sm:flex-col sm:items-start sm:justify-center",
                isChosen
                  ? "border-accent bg-accent-soft inset-ring inset-ring-accent"
                  : "border-control bg-surface hover:bg-sunken",
              )}
            >
              <span className="font-medium">{name}</span>
              <span className="text-sm text-muted">
                {t("visitTypeMinutes", { minutes: durationMinutes })}
              </span>
              <LinkProgress />
            </NextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
