import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ProveByProvider } from "@/components/account/provider-forms";
import type { Confirmation } from "@/lib/auth/types";

/**
 * A form that makes an account; or, for an administrator who has no password here, what has to be done before.
 *
 * @param next the page to come back to
 */
export function ProveFirst({
  confirmation: { proof, provider },
  next,
  children,
}: {
  confirmation: Confirmation;
  next: string;
  children: ReactNode;
}) {
  const t = useTranslations("admin.user");
  if (proof !== "provider" || provider === undefined) return children;
  return (
    <div className="flex flex-col gap-3">
      <p className="measure text-muted">{t("proveLead", { name: provider })}</p>
      <ProveByProvider name={provider} next={next} />
    </div>
  );
}
