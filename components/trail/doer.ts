import { useTranslations } from "next-intl";
import type { Doer } from "@/lib/trail/types";

/** Somebody of the trail in words. */
export function useDoer(): (doer: Doer) => string {
  const t = useTranslations("trail.who");
  return (doer) => ("name" in doer ? t(doer.kind, { name: doer.name }) : t(doer.kind));
}
