import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { AgendaItemDto } from "@/lib/visits/types/agenda";

type Word = "noShow" | "missed" | "here" | "finished" | "live" | "booked" | "cancelled";

/** Status as staff need it: somebody who waits is what matters most. */
export function statusOf(item: AgendaItemDto): { kind: StatusKind; word: Word } {
  const { phase, arrivedTime } = item.state;
  if (item.isNoShow) return { kind: "noshow", word: "noShow" };
  if (phase === "cancelled") return { kind: "cancelled", word: "cancelled" };
  if (phase === "in_progress") return { kind: "live", word: "live" };
  if (phase === "finished") return { kind: "done", word: "finished" };
  if (phase === "missed") return { kind: "neutral", word: "missed" };
  return arrivedTime ? { kind: "waiting", word: "here" } : { kind: "booked", word: "booked" };
}

/** The words for it. */
export function useStatusWords(): (item: AgendaItemDto) => string {
  const t = useTranslations("agenda.status");
  return (item) => {
    const { word } = statusOf(item);
    return word === "here" ? t("here", { time: item.state.arrivedTime ?? "" }) : t(word);
  };
}

export function AgendaStatus({ item }: { item: AgendaItemDto }) {
  const words = useStatusWords();
  return <Status kind={statusOf(item).kind}>{words(item)}</Status>;
}
