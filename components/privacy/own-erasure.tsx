import { useTranslations } from "next-intl";
import { ProofFirst } from "@/components/account/proof-first";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Confirmation } from "@/lib/auth/types";
import { ALL_OF_THEM } from "@/lib/privacy/schema";
import type { OwnErasureDto } from "@/lib/privacy/types";
import { RequestErasureForm, WithdrawErasureForm } from "./erasure-forms";

/** Where a patient asks to be erased: first what goes and what the law keeps, then the way to ask; and how it stands. */
export function OwnErasure({
  current,
  email,
  confirmation,
  dependants,
}: {
  current: OwnErasureDto;
  email: string;
  confirmation: Confirmation;
  dependants: readonly { patientId: string; name: string }[];
}) {
  const t = useTranslations("privacy.erasure.own");
  const proof = useTranslations("account.proof");
  if (current.state === "requested" || current.state === "approved")
    return (
      <>
        <Notice tone="wait" title={t(current.state)}>
          {current.about === undefined ? null : (
            <p className="wrap-anywhere">{t("aboutOne", { name: current.about })}</p>
          )}
          <p>{t(`${current.state}Body`, { date: current.asked.date })}</p>
        </Notice>
        {current.state === "requested" ? (
          <ClientMessages namespaces={["auth", "account"]}>
            <WithdrawErasureForm submit={t("withdraw")} />
          </ClientMessages>
        ) : null}
      </>
    );
  const others = dependants.map(({ patientId, name }) => ({ value: patientId, label: name }));
  return (
    <>
      {current.state === "refused" ? (
        <Notice tone="info" title={t("refused")}>
          {current.about === undefined ? null : (
            <p className="wrap-anywhere">{t("aboutOne", { name: current.about })}</p>
          )}
          <p>{t("refusedBody", { date: current.decided.date })}</p>
          <p className="wrap-anywhere whitespace-pre-line">{current.reason}</p>
          <p>{t("refusedAgain")}</p>
        </Notice>
      ) : null}
      <p className="measure wrap-anywhere">
        {dependants.length > 0
          ? t("aboutOthers", { names: dependants.map(({ name }) => name).join(", ") })
          : t("about")}
      </p>
      <section aria-labelledby="goes" className="flex flex-col gap-2">
        <h2 id="goes" className="text-lg font-semibold">
          {t("goesTitle")}
        </h2>
        <ul className="measure flex list-disc flex-col gap-2 ps-5">
          <li>{t("goesAccount")}</li>
          <li>{t("goesPerson")}</li>
          <li>{t("goesVisits")}</li>
          <li>{t("goesPlaces")}</li>
          <li>{t("goesRest")}</li>
        </ul>
      </section>
      <section aria-labelledby="kept" className="flex flex-col gap-2">
        <h2 id="kept" className="text-lg font-semibold">
          {t("keptTitle")}
        </h2>
        <ul className="measure flex list-disc flex-col gap-2 ps-5">
          <li>{t("kept")}</li>
          <li>{t("keptFigures")}</li>
          <li>{t("keptTrail")}</li>
        </ul>
      </section>
      <Notice tone="harm" title={t("finalTitle")}>
        <p>{t("final")}</p>
        <p>
          <Link href="/account/data">{t("copy")}</Link>
        </p>
      </Notice>
      <p className="measure wrap-anywhere">
        {confirmation.proof === "mail" ? proof("lead", { email }) : t("how")}
      </p>
      <ClientMessages namespaces={["auth", "account"]}>
        <ProofFirst confirmation={confirmation} email={email} next="/account/erasure">
          <RequestErasureForm
            confirmation={confirmation}
            choices={dependants.length > 0 ? [{ value: ALL_OF_THEM, label: t("everybody") }, ...others] : []}
            words={{ whose: t("whose"), submit: t("submit") }}
          />
        </ProofFirst>
      </ClientMessages>
    </>
  );
}
