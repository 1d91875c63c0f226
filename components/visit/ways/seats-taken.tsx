"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { SeatsDto } from "@/lib/visits/types/seats";
import { ChangeEntry } from "../account-call";
import { callVisit } from "../call-api";

/**
 * Why a visit cannot begin although its time has come: which visits hold the licence's seats, and what can be done. A practitioner
 * with a TrueConf account takes none, which is offered where it is enough.
 */
export function SeatsTaken({ appointmentId, onChanged }: { appointmentId: string; onChanged: () => void }) {
  const t = useTranslations("agenda.seats");
  const [seats, setSeats] = useState<SeatsDto>();
  useEffect(() => {
    void callVisit("seats", appointmentId, undefined).then((answer) => {
      if (answer.kind === "ok") setSeats(answer.value);
    });
  }, [appointmentId]);
  return (
    <Notice tone="wait" announce="status" title={t("title")}>
      {seats ? (
        <>
          {seats.limit === null ? null : <p>{t("limit", { limit: seats.limit })}</p>}
          {seats.visits.length > 0 ? (
            <ul className="list-disc ps-5">
              {seats.visits.map(({ key, practitionerName, from, to, seats: count }) => (
                <li key={key}>{t("visit", { practitioner: practitionerName, from, to, count })}</li>
              ))}
            </ul>
          ) : null}
        </>
      ) : null}
      <p>{t(`account.${seats?.account ?? "used"}`)}</p>
      {seats?.account === "at_hand" ? (
        <p>
          <ChangeEntry appointmentId={appointmentId} entry="account" onChanged={onChanged} />
        </p>
      ) : null}
    </Notice>
  );
}
