import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Details } from "@/components/ui/details";
import type { Confirmation } from "@/lib/auth/types";
import { ProveByMail } from "./prove-by-mail";
import { ProveByProvider } from "./provider-forms";

/**
 * A form that only its owner may send; or, for whoever has no password to type into it, what has to be done before. Who has forgotten theirs
 * finds that below it.
 *
 * @param email the account's own address
 * @param next the page to come back to
 */
export function ProofFirst({
  confirmation: { proof, mailInstead, provider },
  email,
  next,
  children,
}: {
  confirmation: Confirmation;
  email: string;
  next: Parameters<typeof ProveByMail>[0]["next"];
  children: ReactNode;
}) {
  const t = useTranslations("account.proof");
  if (proof === "mail") return <ProveByMail email={email} next={next} />;
  if (mailInstead)
    return (
      <>
        {children}
        <Details summary={t("forgotten")}>
          <div className="flex flex-col gap-4">
            <p className="measure">{t("forgottenLead", { email })}</p>
            <ProveByMail email={email} next={next} />
          </div>
        </Details>
      </>
    );
  if (proof !== "provider" || provider === undefined) return children;
  return (
    <>
      <p className="measure">{t("providerLead", { name: provider })}</p>
      <ProveByProvider name={provider} next={next} />
    </>
  );
}
