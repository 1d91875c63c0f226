import { Clock, UserX, Video } from "lucide-react";
import { useTranslations } from "next-intl";
import type { StaffItemDto } from "@/lib/visits/types/agenda";
import { DeviceResult } from "./device-result";

/**
 * What a line of the day says beside its status, of a visit that has not begun: devices, a later start, a conference that TrueConf has
 * opened by itself, a seeming no-show.
 */
export function ItemSigns({ item: { state, noShow } }: { item: StaffItemDto }) {
  const t = useTranslations("day");
  if (state.phase !== "booked" && state.phase !== "waiting") return null;
  return (
    <>
      {state.deviceCheck ? <DeviceResult check={state.deviceCheck} isShort /> : null}
      {state.expected ? (
        <span className="flex items-center gap-1.5 text-sm text-wait tabular-nums">
          <Clock aria-hidden="true" className="size-[1.1em] shrink-0" />
          {t("expected", { time: state.expected.time })}
        </span>
      ) : null}
      {state.selfStarted ? (
        <span className="flex items-center gap-1.5 text-sm text-wait">
          <Video aria-hidden="true" className="size-[1.1em] shrink-0" />
          {t("selfStarted")}
        </span>
      ) : null}
      {noShow.proposed ? (
        <span className="flex items-center gap-1.5 text-sm font-medium text-harm">
          <UserX aria-hidden="true" className="size-[1.1em] shrink-0" />
          {t("noShow.proposal")}
        </span>
      ) : null}
    </>
  );
}
