import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import type { PractitionerLine } from "@/lib/admin/types/clinic";

/** Whether a practitioner can be booked and has answered the invitation, and what stands in the way. */
export function PractitionerState({ line }: { line: PractitionerLine }) {
  const t = useTranslations("admin");
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Status kind={line.active ? "done" : "neutral"}>
        {t(line.active ? "state.active" : "state.inactive")}
      </Status>
      {line.hasAccepted ? null : <Status kind="waiting">{t("state.invited")}</Status>}
      <PractitionerAttention line={line} />
    </span>
  );
}

/** What keeps a practitioner from being booked, in words; nothing when nothing does. */
export function PractitionerAttention({ line }: { line: PractitionerLine }) {
  const t = useTranslations("admin.attention");
  if (!line.attention) return null;
  return (
    <span className="inline-flex items-center gap-1 text-wait">
      <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
      {t(line.attention)}
    </span>
  );
}

/** The next free time on the practitioner's clock, or what stands in its way. */
export function NextFree({ line }: { line: PractitionerLine }) {
  const t = useTranslations("admin");
  if (!line.nextFree)
    return line.attention ? <PractitionerAttention line={line} /> : t("practitioner.noFree");
  return (
    <>
      <span className="whitespace-nowrap tabular-nums">{t("nextFree", line.nextFree)}</span>
      <br />
      <span className="text-sm text-muted">{line.nextFree.visitType}</span>
    </>
  );
}
