import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { WeekFigures } from "@/lib/admin/types/clinic";

/** The clinic in numbers: by week, and what patients said of picture and sound. */
export function Figures({
  weeks,
  problemNames,
}: {
  weeks: readonly WeekFigures[];
  problemNames: readonly { name: string; label: string }[];
}) {
  const t = useTranslations("admin.figures");
  const sum = (of: (week: WeekFigures) => number) => weeks.reduce((total, week) => total + of(week), 0);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <a
            href="/admin/figures/download"
            download
            className={buttonClass({ variant: "secondary", size: "sm" })}
          >
            {t("download")}
          </a>
        }
      />
      {weeks.length === 0 ? <EmptyState title={t("empty")}>{t("emptyBody")}</EmptyState> : null}
      {weeks.length > 0 ? <Weeks weeks={weeks} /> : null}
      <Chart
        title={t("distribution")}
        bars={[5, 4, 3, 2, 1].map((grade) => ({
          label: t("grade", { grade }),
          count: sum(({ qualities }) => qualities[grade - 1] ?? 0),
        }))}
        total={sum(({ answers }) => answers)}
      />
      <Chart
        title={t("problems")}
        bars={problemNames.map(({ name, label }) => ({
          label,
          count: sum(({ problems }) => problems[name] ?? 0),
        }))}
        total={sum(({ answers }) => answers)}
      />
    </div>
  );
}

const COLUMNS = ["week", "visits", "missed", "cancelled", "wait", "answers", "quality"] as const;

function Weeks({ weeks }: { weeks: readonly WeekFigures[] }) {
  const t = useTranslations("admin.figures");
  const average = (value: number | null) => (value === null ? t("none") : value.toFixed(1));
  return (
    <Table caption={t("caption")}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <TableHead key={column}>{t(column)}</TableHead>
          ))}
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {weeks.map((week) => (
          <TableRow key={week.week}>
            <TableHead scope="row">{week.week}</TableHead>
            <TableCell>{week.visits}</TableCell>
            <TableCell>{week.missed}</TableCell>
            <TableCell>{week.cancelled}</TableCell>
            <TableCell>{average(week.waitMinutes)}</TableCell>
            <TableCell>{week.answers}</TableCell>
            <TableCell>{average(week.quality)}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

/** A chart that is a table: the bar repeats what its row says in numbers. */
function Chart({
  title,
  bars,
  total,
}: {
  title: string;
  bars: readonly { label: string; count: number }[];
  total: number;
}) {
  const t = useTranslations("admin.figures");
  const share = (count: number) => (total === 0 ? 0 : Math.round((count / total) * 100));
  return (
    <Table caption={title} showCaption>
      <thead className="sr-only">
        <tr>
          <TableHead>{title}</TableHead>
          <TableHead>{t("count")}</TableHead>
          <TableHead>{t("share")}</TableHead>
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {bars.map(({ label, count }) => (
          <TableRow key={label}>
            <TableHead scope="row">{label}</TableHead>
            <TableCell className="w-16 text-end">{count}</TableCell>
            <TableCell className="w-1/2">
              <span className="flex items-center gap-2">
                <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 grow">
                  <rect width={share(count)} height="8" className="fill-accent" />
                </svg>
                <span className="w-12 text-end text-sm text-muted">{`${share(count)} %`}</span>
              </span>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
