import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { RecordHistory } from "@/lib/trail/types";
import { useDoer } from "./doer";

/** What others did with a patient's record, day by day, in plain words. */
export function RecordHistoryScreen({ history, isFirst }: { history: RecordHistory; isFirst: boolean }) {
  const t = useTranslations("trail");
  const nameOf = useDoer();
  const { days, zone, older } = history;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t("own.title")}
        lead={t("own.lead")}
        back={<Link href="/account">{t("own.back")}</Link>}
      />
      {days.length === 0 ? (
        <EmptyState title={t("own.none")} />
      ) : (
        <p className="text-muted">{t("own.zone", { zone })}</p>
      )}
      {days.map(({ date, lines }) => (
        <section key={lines[0]?.id ?? date} className="flex flex-col gap-2">
          <h2 className="text-lg font-semibold">{date}</h2>
          <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface px-card">
            {lines.map(({ id, at, who, what, why, whose }) => (
              <li key={id} className="flex gap-4 py-3">
                <time dateTime={at.iso} className="shrink-0 text-muted tabular-nums">
                  {at.time}
                </time>
                <p className="min-w-0">
                  <span className="block font-medium">{nameOf(who)}</span>
                  {t(`what.${what}`)}
                  {why === null ? null : (
                    <span className="block text-muted">{t("own.why", { reason: t(`why.${why}`) })}</span>
                  )}
                  {whose === null ? null : (
                    <span className="block text-muted">{t("own.of", { name: whose })}</span>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Pages
        older={older && `/account/access?after=${older}`}
        newest={isFirst ? null : "/account/access"}
        words="own"
      />
    </div>
  );
}

/** The ways to older and to the last events. */
export function Pages({
  older,
  newest,
  words,
}: {
  older: string | null;
  newest: string | null;
  words: "own" | "search";
}) {
  const t = useTranslations(`trail.${words}`);
  if (!older && !newest) return null;
  return (
    <p className="flex flex-wrap gap-x-6 gap-y-2">
      {newest ? <Link href={newest}>{t("newest")}</Link> : null}
      {older ? <Link href={older}>{t("older")}</Link> : null}
    </p>
  );
}
