import { useTranslations } from "next-intl";

/** The id of the one `<main>`; {@link SkipLink} leads there. */
export const MAIN_ID = "main";

/** The first thing that the Tab key meets: past header and navigation, to what the page is about. */
export function SkipLink() {
  const t = useTranslations("layout");
  return (
    <a
      href={`#${MAIN_ID}`}
      className="sr-only z-50 rounded-md bg-accent px-4 py-3 font-medium text-on-accent focus:not-sr-only focus:fixed focus:start-2 focus:top-2"
    >
      {t("skip")}
    </a>
  );
}
