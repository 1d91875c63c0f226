import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ProveByProvider } from "@/components/account/provider-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { INCLUDE_FIELD } from "@/lib/privacy/schema";
import type { ErasureRequestDto, PlanRow } from "@/lib/privacy/types";
import { ApproveErasureForm, RefuseErasureForm } from "./erasure-forms";

/** One request: who asks, what would happen, and the decision. */
export function ErasureRequest({ request }: { request: ErasureRequestDto }) {
  const t = useTranslations("privacy.erasure.request");
  const list = useTranslations("privacy.erasure.list");
  const proofs = useTranslations("privacy.erasure.proofs");
  const { erasureId, name, contact, asked, proof, askedBy, dependants, accountStays, ahead, running } =
    request;
  const plain = (key: string, term: string, details: string | null) =>
    details === null ? [] : [{ key, term, details: <span className="wrap-anywhere">{details}</span> }];
  const facts = [
    ...plain("speaks", t("speaks"), contact.name),
    ...plain("email", t("email"), contact.email),
    ...plain("phone", t("phone"), contact.phone),
    { key: "asked", term: t("asked"), details: asked.date },
    ...plain("askedBy", t("askedBy"), askedBy),
    ...plain("proof", t("proof"), proof && proofs(proof)),
    ...(dependants.length > 0
      ? [{ key: "dependants", term: t("dependants"), details: dependants.join(", ") }]
      : []),
  ];
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={<span className="wrap-anywhere">{t("title", { name })}</span>}
        back={<Link href="/admin/erasures">{list("title")}</Link>}
      />
      <DescriptionList items={facts} className="max-w-150" />
      {accountStays ? <Notice tone="info">{t("staff")}</Notice> : null}
      {ahead > 0 ? <Notice tone="wait" title={t("ahead", { count: ahead })} /> : null}
      <Plan request={request} />
      {running ? <Notice tone="wait" title={t("running")} /> : <Approve request={request} />}
      <Part id="refuse" title={t("refuseTitle")} lead={t("refuseLead")}>
        <RefuseErasureForm
          erasureId={erasureId}
          words={{ reason: t("reason"), hint: t("reasonHint"), submit: t("refuse") }}
        />
      </Part>
    </div>
  );
}

function Approve({ request }: { request: ErasureRequestDto }) {
  const { erasureId, confirmation, isAccount, unclaimed } = request;
  const t = useTranslations("privacy.erasure.request");
  const account = useTranslations("account.proof");
  const { proof, provider } = confirmation;
  const mustProve = proof === "provider" && provider !== undefined;
  return (
    <Part id="approve" title={t("approveTitle")} lead={t(isAccount ? "approveLead" : "approveLeadOne")}>
      {mustProve ? (
        <>
          <p className="measure">{account("providerLead", { name: provider })}</p>
          <ProveByProvider name={provider} next={`/admin/erasures/${erasureId}`} />
        </>
      ) : (
        <ApproveErasureForm
          erasureId={erasureId}
          confirmation={confirmation}
          unclaimed={unclaimed.map(({ patientId, name, since, visits }) => ({
            field: `${INCLUDE_FIELD}${patientId}`,
            label: t("unclaimedOne", { name, since, count: visits }),
          }))}
          words={{ include: t("unclaimed"), submit: t("approve") }}
        />
      )}
    </Part>
  );
}

function Part({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      <p className="measure text-muted">{lead}</p>
      <ClientMessages namespaces={["auth", "account"]}>{children}</ClientMessages>
    </section>
  );
}

/** The dry run: three short tables, of which the middle one says until when. */
function Plan({ request: { goes, kept, stays } }: { request: ErasureRequestDto }) {
  const t = useTranslations("privacy.erasure.request");
  return (
    <section aria-labelledby="plan" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="plan" className="text-lg font-semibold">
          {t("planTitle")}
        </h2>
        <p className="measure text-muted">{t("planLead")}</p>
      </div>
      <PlanTable caption={t("goes")} rows={goes} />
      <PlanTable
        caption={t("kept")}
        rows={kept}
        untilOf={(row) => (row.isOver ? t("over") : row.until.date)}
      />
      <PlanTable caption={t("stays")} rows={stays} />
    </section>
  );
}

function PlanTable<R extends PlanRow>({
  caption,
  rows,
  untilOf,
}: {
  caption: string;
  rows: readonly R[];
  untilOf?: (row: R) => string;
}) {
  const t = useTranslations("privacy.erasure");
  if (rows.length === 0)
    return (
      <div className="flex flex-col gap-1">
        <h3 className="font-semibold">{caption}</h3>
        <p className="text-muted">{t("request.none")}</p>
      </div>
    );
  return (
    <Table caption={caption} showCaption className="max-w-200">
      <thead>
        <tr>
          <TableHead>{t("request.kind")}</TableHead>
          <TableHead>{t("request.count")}</TableHead>
          {untilOf ? <TableHead>{t("request.until")}</TableHead> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={row.kind}>
            <TableCell>{t(`kinds.${row.kind}`)}</TableCell>
            <TableCell className="tabular-nums">{row.count}</TableCell>
            {untilOf ? (
              <TableCell className="whitespace-nowrap tabular-nums">{untilOf(row)}</TableCell>
            ) : null}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
