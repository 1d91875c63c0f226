import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { VisitFacts } from "@/components/booking/visit-facts";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { PatientVisitDto, VisitState } from "@/lib/visits/types/visit";
import { AddToCalendar } from "./add-to-calendar";
import { AgreeCard } from "./agree/agree-card";
import { CallPanel, CallPanels } from "./beside/call-panels";
import { ChangeVisit } from "./change/change-visit";
import { timesOf } from "./change/not-changeable";
import { MissedVisit } from "./missed/missed-visit";
import { RecordingForm } from "./recording/recording-form";
import { RenewPage } from "./renew-page";
import { VisitRoom } from "./visit-room";

/**
 * A patient's page of one visit, from the confirmation to the end: facts, calendar, waiting room and call. The same by
 * account and by personal link.
 *
 * @param news whether this is the confirmation of a booking or of a move
 */
export function PatientVisit({
  visit,
  token,
  news,
  people,
  chat,
  conversationId,
  children,
}: {
  visit: PatientVisitDto;
  token: string | undefined;
  news?: "booked" | "moved" | undefined;
  /** Who takes part, and what the two write to each other: also in reach over the call. */
  people: ReactNode;
  chat: ReactNode;
  /** Of the two, where it has begun. */
  conversationId: string | null;
  /** What else belongs to the visit beside its time and its room: the record. */
  children?: ReactNode;
}) {
  const t = useTranslations("visit");
  const { phase } = visit.state;
  const isAhead = phase === "booked" || phase === "waiting";
  // A visit that has ended may be called again, as long as its page would still let anybody in.
  const isOpen = visit.rights === "full" && (isAhead || phase === "in_progress" || phase === "finished");
  return (
    <CallPanels>
      <div className="mx-auto flex max-w-2xl flex-col gap-6">
        {isAhead ? <News visit={visit} token={token} news={news} /> : null}
        <PageHeader title={t("title", { practitioner: visit.practitionerName })} />
        {visit.missingConsents.length > 0 && isOpen && phase !== "finished" ? (
          <AgreeCard visit={visit} token={token} />
        ) : null}
        {isOpen ? (
          <ClientMessages namespaces={["visit", "waiting", "check"]}>
            <VisitRoom visit={visit} token={token} conversationId={conversationId} />
          </ClientMessages>
        ) : phase === "missed" ? (
          <MissedVisit visit={visit} token={token} />
        ) : (
          <Notice tone="info" title={t(`headline.${phase}`, { practitioner: visit.practitionerName })}>
            <p>{t(`explain.${phase}`, { minutes: visit.state.opensMinutes })}</p>
          </Notice>
        )}
        <noscript>
          <Notice tone="wait" title={t("noScript.title")}>
            <p>{t("noScript.body")}</p>
          </Notice>
        </noscript>
        <Card>
          <VisitFacts visit={visit} />
        </Card>
        {visit.recordingText && visit.rights === "full" && mayAnswer(visit.state) ? (
          <ClientMessages namespaces={["visit"]}>
            <RecordingForm
              text={visit.recordingText}
              isAgreed={visit.state.recording.isAgreed}
              appointmentId={visit.appointmentId}
              token={token}
            />
          </ClientMessages>
        ) : null}
        <CallPanel name="people" label={t("call.people")} closeLabel={t("call.closePanel")}>
          {people}
        </CallPanel>
        <CallPanel name="chat" label={t("call.chat")} closeLabel={t("call.closePanel")}>
          {chat}
        </CallPanel>
        {children}
        {isAhead && visit.rights === "full" ? (
          <>
            <AddToCalendar calendar={visit.calendar} />
            <ChangeVisit visit={visit} />
            <section aria-labelledby="how-to-join" className="flex flex-col gap-3">
              <h2 id="how-to-join" className="text-lg font-semibold">
                {t("howTo.title")}
              </h2>
              <ol className="measure list-decimal space-y-1 ps-6">
                <li>{t(token ? "howTo.openLink" : "howTo.openAccount")}</li>
                <li>
                  {t.rich("howTo.allow", {
                    check: (text) => <Link href={`${visit.path}/check`}>{text}</Link>,
                  })}
                </li>
                <li>{t("howTo.stay")}</li>
              </ol>
              {token ? <p className="measure text-muted">{t("howTo.private")}</p> : null}
            </section>
          </>
        ) : phase === "missed" ? null : (
          <p>
            <ButtonLink href={`/practitioners/${visit.practitionerId}`}>{t("bookAgain")}</ButtonLink>
          </p>
        )}
        <RenewPage initial={visit.state} token={token} hasTalk={conversationId !== null} />
      </div>
    </CallPanels>
  );
}

/** Until it begins; after that there is only something to take back. */
const mayAnswer = ({ phase, recording }: VisitState) =>
  phase === "booked" || phase === "waiting" || (phase === "in_progress" && recording.isAgreed);

/** What has just happened to the visit, or that it is not any more when an old mail says. */
function News({
  visit: { change },
  token,
  news,
}: {
  visit: PatientVisitDto;
  token: string | undefined;
  news: "booked" | "moved" | undefined;
}) {
  const t = useTranslations("visit");
  const changed = useTranslations("change.visit");
  const from = change.movedFrom ? changed("movedFrom", timesOf(change.movedFrom)) : null;
  if (news === "moved" && from)
    return (
      <Notice tone="live" title={changed("movedTitle")}>
        <p>{from}</p>
        <p>{changed(token ? "movedBody" : "movedBodyAccount")}</p>
      </Notice>
    );
  if (news === "booked")
    return (
      <Notice tone="live" title={t("booked.title")}>
        <p>{t(token ? "booked.byMail" : "booked.inAccount")}</p>
      </Notice>
    );
  return from ? (
    <Notice tone="info">
      <p>{from}</p>
    </Notice>
  ) : null;
}
