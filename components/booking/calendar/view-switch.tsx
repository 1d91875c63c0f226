import { clsx } from "clsx";
import { CalendarDays, List } from "lucide-react";
import { useTranslations } from "next-intl";
import { OpeningLink } from "./opening";

/** The month or the next free days; remembered by the address. */
export function ViewSwitch({
  view,
  monthHref,
  listHref,
}: {
  view: "month" | "list";
  monthHref: string;
  listHref: string;
}) {
  const t = useTranslations("home.times.view");
  const choices = [
    { name: "month", href: monthHref, icon: CalendarDays },
    { name: "list", href: listHref, icon: List },
  ] as const;
  return (
    <nav
      aria-label={t("label")}
      className="flex w-fit shrink-0 rounded-md border border-control bg-surface p-0.5"
    >
      {choices.map(({ name, href, icon: Icon }) => (
        <OpeningLink
          key={name}
          href={href}
          aria-current={name === view ? "true" : undefined}
          className={clsx(
            "relative inline-flex min-h-control items-center gap-2 rounded-sm px-4 font-medium",
            name === view ? "bg-accent text-on-accent" : "text-ink hover:bg-sunken",
          )}
        >
          <Icon aria-hidden="true" className="size-5 shrink-0" />
          {t(name)}
        </OpeningLink>
      ))}
    </nav>
  );
}
