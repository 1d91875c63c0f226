import { Clock, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { JoinPageDto, NowSpecialtyDto } from "@/lib/queue/types";
import { UsualHours } from "./usual-hours";

/** The choice of a specialty, each with what it is like at the moment. */
export function NowChoice({ specialties }: { specialties: readonly NowSpecialtyDto[] }) {
  const t = useTranslations("queue.now");
  if (specialties.length === 0)
    return (
      <EmptyState title={t("none.title")} action={<ButtonLink href="/">{t("book")}</ButtonLink>}>
        {t("none.body")}
      </EmptyState>
    );
  return (
    <ul className="flex flex-col gap-3">
      {specialties.map((specialty) => (
        <li key={specialty.code}>
          <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <div className="flex min-w-0 flex-col gap-1">
              <h2 className="text-lg font-semibold">{specialty.name}</h2>
              <Standing specialty={specialty} />
            </div>
            <ButtonLink
              href={specialty.href}
              variant={specialty.onDuty > 0 ? "primary" : "secondary"}
              aria-label={t("chooseWho", { specialty: specialty.name })}
            >
              {t(specialty.onDuty > 0 ? "choose" : "when")}
            </ButtonLink>
          </Card>
        </li>
      ))}
    </ul>
  );
}

/** How many are there, how many wait, and how long that takes. */
export function Standing({ specialty }: { specialty: NowSpecialtyDto }) {
  const t = useTranslations("queue.now");
  const { onDuty, waiting, expectedMinutes } = specialty;
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-muted">
      <li className="flex items-center gap-2">
        <Users aria-hidden="true" className="size-4 shrink-0" />
        {onDuty > 0 ? t("onDuty", { count: onDuty, waiting }) : t("nobody")}
      </li>
      {onDuty > 0 ? (
        <li className="flex items-center gap-2">
          <Clock aria-hidden="true" className="size-4 shrink-0" />
          {t(waitKey(expectedMinutes), { minutes: expectedMinutes ?? 0 })}
        </li>
      ) : null}
    </ul>
  );
}

/** Which words say an expected wait. */
export const waitKey = (minutes: number | null) =>
  minutes === null ? "waitUnknown" : minutes < 2 ? "waitNone" : "wait";

/** Nobody of a specialty is there now: when they usually are, and what can be done instead. */
export function NobodyNow({ page }: { page: JoinPageDto }) {
  const t = useTranslations("queue.now");
  return (
    <div className="flex flex-col gap-6">
      <Notice tone="wait" title={t("nobodyNow.title")}>
        <p>{t("nobodyNow.body", { specialty: page.name })}</p>
      </Notice>
      <UsualHours hours={page.hours} />
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={page.bookHref} variant="primary">
          {t("book")}
        </ButtonLink>
        <ButtonLink href={page.waitlistHref}>{t("waitlist")}</ButtonLink>
      </div>
      <p>
        <Link href="/now">{t("others")}</Link>
      </p>
    </div>
  );
}
