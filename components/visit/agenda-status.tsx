import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { StaffItemDto } from "@/lib/visits/types/agenda";

type Word =
  | "noShow"
  | "noShowPractitioner"
  | "missed"
  | "here"
  | "away"
  | "finished"
  | "live"
  | "booked"
  | "cancelled";

/** Status as staff need it: somebody who waits is what matters most. */
export function statusOf(item: StaffItemDto): { kind: StatusKind; word: Word } {
  const { phase, arrivedTime, presence, noShow } = item.state;
  if (item.isNoShow)
    return { kind: "noshow", word: noShow === "practitioner" ? "noShowPractitioner" : "noShow" };
  if (phase === "cancelled") return { kind: "cancelled", word: "cancelled" };
  if (phase === "in_progress") return { kind: "live", word: "live" };
  if (phase === "finished") return { kind: "done", word: "finished" };
  if (phase === "missed") return { kind: "neutral", word: "missed" };
  if (presence.patient && arrivedTime) return { kind: "waiting", word: "here" };
  return arrivedTime ? { kind: "neutral", word: "away" } : { kind: "booked", word: "booked" };
}

/** The words for it. */
export function useStatusWords(): (item: StaffItemDto) => string {
  const t = useTranslations("agenda.status");
  return (item) => {
    const { word } = statusOf(item);
    return word === "here" || word === "away" ? t(word, { time: item.state.arrivedTime ?? "" }) : t(word);
  };
}

export function AgendaStatus({ item, className }: { item: StaffItemDto; className?: string }) {
  const words = useStatusWords();
  return (
    <Status kind={statusOf(item).kind} {...(className ? { className } : {})}>
      {words(item)}
    </Status>
  );
}
