import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { BookingPageDto } from "@/lib/booking/types/form";
import type { MomentDto } from "@/lib/time/format";

/** Instead of the form where the page's time cannot be booked: an old link, or somebody was quicker. */
export function UnavailableTime({
  visit,
  instead,
}: {
  visit: BookingPageDto;
  instead: NonNullable<BookingPageDto["instead"]>;
}) {
  const t = useTranslations("booking.instead");
  const what = useTranslations("booking.what");
  const words = (moment: MomentDto) => t("button", { date: moment.date, time: moment.time });
  const asked = what("newTime", { when: words(visit.starts), zone: visit.starts.zone });
  return (
    <div className="flex flex-col items-start gap-4">
      <Notice tone="wait" title={t("title")}>
        <p>{t("body", { time: asked })}</p>
      </Notice>
      {instead.length > 0 ? (
        <>
          <p>{t("links")}</p>
          <ul className="grid w-full gap-2 sm:grid-cols-2">
            {instead.map(({ moment, href }) => (
              <li key={moment.iso}>
                <ButtonLink href={href} prefetch={false} wide>
                  {words(moment)}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t("none")}</p>
      )}
      <ButtonLink
        href={visit.timesHref}
        variant={instead.length > 0 ? "quiet" : "primary"}
        className="self-stretch sm:self-start"
      >
        {t("all")}
      </ButtonLink>
    </div>
  );
}
