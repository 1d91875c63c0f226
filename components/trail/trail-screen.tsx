import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { TrailLine, TrailPage } from "@/lib/trail/types";
import { useDoer } from "./doer";
import { Pages } from "./record-history";
import { ExportTrail, FindPerson } from "./trail-forms";

const PATH = "/admin/audit";

/** The clinic's trail for administrators: a search, what it finds, and the way to take that away. */
export function TrailScreen({ page, isFirst }: { page: TrailPage; isFirst: boolean }) {
  const t = useTranslations("trail.search");
  const { query, person, lines, zone, older, confirmation } = page;
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  const address = asked.size > 0 ? `${PATH}?${asked}` : PATH;
  const next = new URLSearchParams(asked);
  if (older) next.set("after", older);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      {query.person ? (
        <Notice tone="info" title={person === null ? t("unknownPerson") : t("person", { name: person })} />
      ) : null}
      <Filter key={address} page={page} />
      {lines.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <>
          <p className="text-muted">{t("zone", { zone })}</p>
          <Events lines={lines} />
        </>
      )}
      <Pages older={older && `${PATH}?${next}`} newest={isFirst ? null : address} words="search" />
      <ClientMessages namespaces={["trail", "auth", "account"]}>
        <div className="grid gap-8 lg:grid-cols-2">
          <FindPerson />
          <ExportTrail query={query} confirmation={confirmation} />
        </div>
      </ClientMessages>
    </div>
  );
}

/** A plain form with the page's own address: what is looked for can be kept and sent to a colleague. */
function Filter({ page: { query, actions } }: { page: TrailPage }) {
  const t = useTranslations("trail.search");
  return (
    <form action={PATH} className="flex flex-wrap items-end gap-4">
      {query.person ? <input type="hidden" name="person" value={query.person} /> : null}
      <Field id="from" label={t("from")}>
        {(control) => <Input {...control} name="from" type="date" defaultValue={query.from} />}
      </Field>
      <Field id="to" label={t("to")}>
        {(control) => <Input {...control} name="to" type="date" defaultValue={query.to} />}
      </Field>
      <Field id="action" label={t("action")}>
        {(control) => (
          <Select {...control} name="action" defaultValue={query.action}>
            <option value="">{t("anyAction")}</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {action}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="outcome" label={t("outcome")}>
        {(control) => (
          <Select {...control} name="outcome" defaultValue={query.outcome}>
            <option value="">{t("anyOutcome")}</option>
            <option value="success">{t("success")}</option>
            <option value="refused">{t("refused")}</option>
          </Select>
        )}
      </Field>
      <Button type="submit" variant="primary">
        {t("submit")}
      </Button>
      <ButtonLink href={PATH} variant="quiet">
        {t("clear")}
      </ButtonLink>
      <ButtonLink href={`${PATH}?action=emergency_access.granted`} variant="quiet">
        {t("emergencies")}
      </ButtonLink>
    </form>
  );
}

function Events({ lines }: { lines: readonly TrailLine[] }) {
  const t = useTranslations("trail.search");
  const nameOf = useDoer();
  return (
    <Table caption={t("caption")}>
      <thead>
        <tr>
          <TableHead>{t("when")}</TableHead>
          <TableHead>{t("who")}</TableHead>
          <TableHead>{t("what")}</TableHead>
          <TableHead>{t("whose")}</TableHead>
          <TableHead>{t("address")}</TableHead>
          <TableHead>{t("details")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, at, who, whose, action, outcome, address, details }) => (
          <TableRow key={id}>
            <TableCell className="align-top whitespace-nowrap tabular-nums">
              <time dateTime={at.iso}>
                {at.shortDate}, {at.time}
              </time>
            </TableCell>
            <TableCell className="align-top">{nameOf(who)}</TableCell>
            <TableCell className="align-top">
              <code className="text-sm">{action}</code>
              {outcome === "refused" ? (
                <p>
                  <Status kind="noshow">{t("refused")}</Status>
                </p>
              ) : null}
            </TableCell>
            <TableCell className="align-top">{whose ? nameOf(whose) : ""}</TableCell>
            <TableCell className="align-top text-muted">{address}</TableCell>
            <TableCell className="min-w-48 align-top text-sm text-muted">{details}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
