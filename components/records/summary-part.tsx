import { useTranslations } from "next-intl";
import type { SummaryPartDto } from "@/lib/records/types";

/** A signed summary or addendum, as it was signed. */
export function SummaryPart({ part }: { part: SummaryPartDto }) {
  const t = useTranslations("records.summary");
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-semibold">{t("part", { part: part.part })}</h3>
      <p className="measure whitespace-pre-line">{part.text}</p>
      <p className="text-sm text-muted">{t("signedBy", { name: part.author, moment: part.signed ?? "" })}</p>
    </div>
  );
}
