import { clsx } from "clsx";
import { Check, CircleHelp, type LucideIcon, Mic, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeviceCheckDto, DeviceOutcome } from "@/lib/visits/types/visit";

const LOOK: Record<DeviceOutcome, { icon: LucideIcon; tone: string }> = {
  ready: { icon: Check, tone: "text-live" },
  audio_only: { icon: Mic, tone: "text-wait" },
  not_ready: { icon: TriangleAlert, tone: "text-harm" },
};

/** What the patient's device check found, and when; in a list only what it found. */
export function DeviceResult({
  check,
  isShort = false,
}: {
  check: DeviceCheckDto | null;
  isShort?: boolean;
}) {
  const t = useTranslations("day.devices");
  const { icon: Icon, tone } = check ? LOOK[check.outcome] : { icon: CircleHelp, tone: "text-muted" };
  const outcome = check ? t(check.outcome) : t("none");
  return (
    <span className={clsx("flex items-center gap-1.5 text-sm tabular-nums", tone)}>
      <Icon aria-hidden="true" className="size-[1.1em] shrink-0" />
      {check && !isShort ? t("checked", { outcome, time: check.checkedTime }) : outcome}
    </span>
  );
}
