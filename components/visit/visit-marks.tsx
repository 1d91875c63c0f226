import { CalendarX2, Layers2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { VisitMark } from "@/lib/visits/types/agenda";

const ICONS = { overbooked: Layers2, misfit: CalendarX2 } as const satisfies Record<VisitMark, unknown>;

/** What is unusual about a visit's time, in a line of its own. */
export function VisitMarks({ marks }: { marks: readonly VisitMark[] }) {
  const t = useTranslations("agenda.marks");
  return marks.map((mark) => {
    const Icon = ICONS[mark];
    return (
      <span key={mark} className="flex items-center gap-1 text-sm font-medium text-wait">
        <Icon aria-hidden="true" className="size-[1.1em] shrink-0" />
        {t(mark)}
      </span>
    );
  });
}
