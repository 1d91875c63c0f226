import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { chooseLocaleAction } from "@/lib/i18n/actions";
import type { Language } from "@/lib/i18n/types";

/** The other languages, each by its own name, as buttons of a plain form: they work without JavaScript. */
export function LanguageSwitch({
  languages,
  className,
}: {
  languages: readonly Language[];
  className?: string;
}) {
  const t = useTranslations("layout");
  return (
    <form action={chooseLocaleAction} aria-label={t("language")} className={className}>
      {languages.map(({ locale, name, direction }) => (
        <Button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          variant="quiet"
          lang={locale}
          dir={direction}
          className="px-2.5"
        >
          {name}
        </Button>
      ))}
    </form>
  );
}
