import { useLocale, useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { ConsentKind, ConsentVersion } from "@/lib/booking/types/intake";
import { ConsentForm } from "./consent-form";

type Consent = { kind: ConsentKind; versions: readonly ConsentVersion[] };

/** What patients agree to, with what they agreed to before; or the form of one consent's next version. */
export function ConsentsScreen({
  consents,
  writing,
}: {
  consents: readonly Consent[];
  /** The kind whose next version is being written. */
  writing: string | undefined;
}) {
  const t = useTranslations("admin.consents");
  const written = consents.find(({ kind }) => kind === writing);
  if (written)
    return (
      <div className="flex max-w-2xl flex-col gap-6">
        <PageHeader
          title={t("publishTitle", { kind: t(`kinds.${written.kind}`) })}
          back={<Link href="/admin/consents">{t("back")}</Link>}
        />
        <ClientMessages namespaces={["admin"]}>
          <ConsentForm kind={written.kind} last={written.versions[0]} />
        </ClientMessages>
      </div>
    );
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      {consents.map((consent) => (
        <ConsentCard key={consent.kind} {...consent} />
      ))}
    </div>
  );
}

function ConsentCard({ kind, versions: [last, ...earlier] }: Consent) {
  const t = useTranslations("admin.consents");
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{t(`kinds.${kind}`)}</h2>
      {last ? <Version {...last} /> : <p className="text-muted">{t("none")}</p>}
      <Link href={`/admin/consents?kind=${kind}`} className="flex min-h-8 w-fit items-center">
        {t("publish")}
      </Link>
      {earlier.length > 0 ? (
        <Details summary={t("history")}>
          <div className="flex flex-col gap-4">
            {earlier.map((version) => (
              <Version key={version.consentTextId} {...version} />
            ))}
          </div>
        </Details>
      ) : null}
    </Card>
  );
}

/** One version, the reader's language first. */
function Version({ version, publishedOn, texts }: ConsentVersion) {
  const t = useTranslations("admin.consents");
  const locale = useLocale();
  const languages = Object.entries(texts).sort(([a]) => (a === locale ? -1 : 1));
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-muted">{t("version", { version, date: publishedOn })}</p>
      {languages.map(([language, text]) => (
        <div key={language} lang={language} className="measure flex flex-col gap-2 break-words">
          {text.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      ))}
    </div>
  );
}
