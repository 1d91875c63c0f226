"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { useLive } from "@/components/ui/live/use-live";
import { Status, type StatusKind } from "@/components/ui/status";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import type { CardDto } from "@/lib/messaging/types";
import { joinCardAction } from "@/lib/visits/actions/chat";

const STATUS: Record<CardDto["state"], StatusKind> = {
  waiting: "waiting",
  live: "live",
  ended: "done",
  unanswered: "noshow",
  cancelled: "cancelled",
};

type CardProps = {
  card: CardDto;
  side: "patient" | "practitioner";
  /** The practitioner's, for the patient's words. */
  practitionerName: string;
  /** The personal link's, where the conversation was opened by one. */
  token: string | undefined;
};

/** A visit that began in this conversation: to be joined while it goes on, and afterwards how long it took. */
export function JoinCard(props: CardProps) {
  const isOver = props.card.state !== "waiting" && props.card.state !== "live";
  return isOver ? <CardBody {...props} /> : <LiveCard {...props} />;
}

function LiveCard({ card, token, ...rest }: CardProps) {
  const { state } = useLive<CardDto | null>({ key: `card:${card.appointmentId}`, token, initial: card });
  return <CardBody card={state ?? card} token={token} {...rest} />;
}

function CardBody({ card, side, practitionerName, token }: CardProps) {
  const t = useTranslations("chat.card");
  const { appointmentId, state, minutes, handedTo } = card;
  const isOpen = state === "waiting" || state === "live";
  // A colleague's is no longer theirs to enter; its patient goes on as before.
  const isElsewhere = isOpen && side === "practitioner" && handedTo !== null;
  function words() {
    if (state === "ended") return t("say.ended", { minutes: minutes ?? 0 });
    if (!isOpen) return t(`say.${state}`);
    if (side === "patient") return t(`say.${state}Patient`, { name: handedTo ?? practitionerName });
    return handedTo === null ? t(`say.${state}Practitioner`) : t("say.handedTo", { name: handedTo });
  }
  return (
    <section
      aria-label={t("title")}
      className="flex w-full max-w-md flex-col gap-3 rounded-md border border-line bg-surface p-card text-ink"
    >
      <div className="flex flex-col gap-2" role="status">
        <span className="flex flex-wrap items-center justify-between gap-2">
          <span className="font-semibold">{t("title")}</span>
          <Status kind={STATUS[state]}>{t(state)}</Status>
        </span>
        <p>{words()}</p>
      </div>
      {isOpen && !isElsewhere ? <WayIn appointmentId={appointmentId} side={side} token={token} /> : null}
    </section>
  );
}

/** To the visit's own page, which does the rest. */
function WayIn({
  appointmentId,
  side,
  token,
}: Pick<CardProps, "side" | "token"> & { appointmentId: string }) {
  const t = useTranslations("chat.card");
  if (side === "practitioner")
    return (
      <ButtonLink href={`/agenda/${appointmentId}`} wide>
        {t("back")}
      </ButtonLink>
    );
  if (token === undefined)
    return (
      <ButtonLink href={`/visit/${appointmentId}`} variant="primary" size="lg" wide>
        {t("join")}
      </ButtonLink>
    );
  return (
    <Form id={`join-card-${appointmentId}`} action={joinCardAction} initialState={IDLE}>
      {(state) => (
        <>
          <input type="hidden" name="appointmentId" value={appointmentId} />
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg" wide>
            {t("join")}
          </SubmitButton>
          {state.status === "refused" ? (
            <p role="alert" className="mt-2 text-harm">
              {t(state.reason === "not_found" ? "gone" : "problem")}
            </p>
          ) : null}
        </>
      )}
    </Form>
  );
}
