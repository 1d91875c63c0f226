import { useTranslations } from "next-intl";
import { ProveByProvider } from "@/components/account/provider-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { RetentionLine, RetentionPage } from "@/lib/retention/types";
import { RetentionForm } from "./retention-form";

/** How long the clinic keeps what, and what would go tonight. */
export function RetentionScreen({ page: { lines, confirmation } }: { page: RetentionPage }) {
  const t = useTranslations("retention");
  const { proof, provider } = confirmation;
  return (
    <div className="flex max-w-3xl flex-col gap-10">
      <PageHeader title={t("title")} lead={t("lead")} />
      <section aria-labelledby="tonight" className="flex flex-col gap-4">
        <h2 id="tonight" className="text-lg font-semibold">
          {t("tonight.title")}
        </h2>
        <p className="measure text-muted">{t("tonight.lead")}</p>
        <Tonight lines={lines} />
      </section>
      <ClientMessages namespaces={["admin", "retention", "auth"]}>
        <section aria-labelledby="periods" className="flex flex-col gap-4">
          <h2 id="periods" className="text-lg font-semibold">
            {t("periods.title")}
          </h2>
          <RetentionForm
            lines={lines}
            withPassword={proof === "password"}
            withCode={confirmation.withCode && proof !== "provider"}
          />
          {proof === "provider" && provider !== undefined ? (
            <>
              <p className="measure text-muted">{t("periods.provider", { name: provider })}</p>
              <ProveByProvider name={provider} next="/admin/retention" />
            </>
          ) : null}
        </section>
      </ClientMessages>
    </div>
  );
}

function Tonight({ lines }: { lines: readonly RetentionLine[] }) {
  const t = useTranslations("retention");
  return (
    <Table caption={t("tonight.caption")}>
      <thead>
        <tr>
          <TableHead>{t("tonight.kind")}</TableHead>
          <TableHead>{t("tonight.period")}</TableHead>
          <TableHead>
            <span className="block text-end">{t("tonight.rows")}</span>
          </TableHead>
          <TableHead>{t("tonight.oldest")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ kind, unit, period, rows, oldest }) => (
          <TableRow key={kind}>
            <TableCell>{t(`kinds.${kind}.name`)}</TableCell>
            <TableCell className="whitespace-nowrap tabular-nums">
              {t(`tonight.${unit}`, { count: period })}
            </TableCell>
            <TableCell className="text-end tabular-nums">
              {rows}
              {kind === "trail" && rows > 0 ? (
                <span className="block text-sm text-muted">{t("tonight.command")}</span>
              ) : null}
            </TableCell>
            <TableCell className="whitespace-nowrap">{oldest ?? t("tonight.none")}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
