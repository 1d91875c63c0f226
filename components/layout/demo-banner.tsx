import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";

/** Above every page of the demonstration: nobody may take it for a clinic. */
export function DemoBanner({ mailboxUrl }: { mailboxUrl: string | undefined }) {
  const t = useTranslations("layout.demo");
  return (
    <aside aria-label={t("title")} className="border-b border-wait/40 bg-wait-soft text-sm text-ink">
      <div className="mx-auto flex max-w-6xl flex-wrap items-baseline sm:justify-center gap-x-3 gap-y-0.5 px-4 py-1.5">
        <p className="flex items-baseline gap-1.5">
          <FlaskConical aria-hidden="true" className="size-[1.1em] shrink-0 self-center text-wait" />
          <span>
            <strong className="font-semibold text-wait">{t("title")}.</strong> {t("body")}
          </span>
        </p>
        {mailboxUrl ? (
          <a
            href={mailboxUrl}
            target="_blank"
            rel="noreferrer"
            className="font-medium underline underline-offset-4"
          >
            {t("mailbox")}
          </a>
        ) : null}
      </div>
    </aside>
  );
}
