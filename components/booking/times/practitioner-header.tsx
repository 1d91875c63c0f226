import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Monogram } from "@/components/ui/monogram";
import type { PractitionerTimesDto } from "@/lib/booking/types/times";

/** Who this is: name, specialty, languages and an introduction in their own words. */
export function PractitionerHeader({ practitioner }: { practitioner: PractitionerTimesDto }) {
  const t = useTranslations("home");
  const { name, specialty, languages, introduction } = practitioner;
  return (
    <header className="flex flex-col gap-4">
      <div className="flex min-h-8 items-center">
        <Link href="/">{t("times.back")}</Link>
      </div>
      <div className="flex items-center gap-4">
        <Monogram name={name} size="lg" />
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight">{name}</h1>
          <p>{specialty}</p>
          <p className="text-muted">{t("speaks", { languages })}</p>
        </div>
      </div>
      {introduction ? <p className="measure whitespace-pre-line">{introduction}</p> : null}
    </header>
  );
}
