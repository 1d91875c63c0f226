import { clsx } from "clsx";
import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { chooseThemeAction } from "@/lib/i18n/actions";
import type { Theme } from "@/lib/i18n/types";

const CHOICES: readonly { theme: Theme; icon: LucideIcon }[] = [
  { theme: "system", icon: Monitor },
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
];

/** Light, dark, or as the device says; a plain form, so it works without JavaScript. */
export function ThemeSwitch({ theme, className }: { theme: Theme; className?: string }) {
  const t = useTranslations("layout.theme");
  return (
    <form action={chooseThemeAction} aria-label={t("label")} className={className}>
      <div className="inline-flex rounded-md border border-line bg-surface p-0.5">
        {CHOICES.map(({ theme: choice, icon: Icon }) => (
          <button
            key={choice}
            type="submit"
            name="theme"
            value={choice}
            aria-pressed={choice === theme}
            aria-label={t(choice)}
            title={t(choice)}
            className={clsx(
              "inline-flex size-control items-center justify-center rounded-sm",
              choice === theme ? "bg-accent-soft text-accent" : "text-muted hover:bg-sunken",
            )}
          >
            <Icon aria-hidden="true" className="size-[1.15em]" />
          </button>
        ))}
      </div>
    </form>
  );
}
