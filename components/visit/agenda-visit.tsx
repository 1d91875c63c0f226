import { clsx } from "clsx";
import { CalendarPlus, ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/layout/client-messages";
import { PhoneLink } from "@/components/layout/phone-link";
import { ButtonLink } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { Details } from "@/components/ui/details";
import { Link, OutsideLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { AgendaDto, LinkedVisitDto, PractitionerVisitDto } from "@/lib/visits/types/agenda";
import { WaitingActions } from "./day/waiting-actions";
import { PractitionerVisit } from "./practitioner-visit";
import { RenewPage } from "./renew-page";
import { DoneNotice, isDone } from "./staff/done-notice";
import { VisitTimeActions } from "./staff/visit-time-actions";

/** The room around is that of the focus's outline, which would be cut off. */
const COLUMN = "flex flex-col gap-4 xl:-m-1 xl:min-h-0 xl:overflow-y-auto xl:p-1";

/**
 * One visit as its practitioner sees it: the call and what can be done with the visit; and what the patient wrote, the record and the
 * chat, beside the call on a wide screen, below it on a narrow one. Either column scrolls by itself, so that the video stays in sight.
 */
export function AgendaVisit({
  visit,
  agenda,
  done,
  people,
  hasTalk,
  children,
}: {
  visit: PractitionerVisitDto;
  /** The day on which it is. */
  agenda: AgendaDto;
  /** What was just done with it, as the address says. */
  done: string | undefined;
  /** Who takes part, below the call. */
  people: ReactNode;
  /** Whether the conversation of the two has begun. */
  hasTalk: boolean;
  /** What stands beside the call: record, chat. */
  children: ReactNode;
}) {
  const t = useTranslations("agenda");
  const { starts, patientContact: contact } = visit;
  return (
    <article className="flex grow flex-col gap-4 xl:min-h-0">
      <p className="lg:hidden">
        <ButtonLink href={`/agenda?date=${agenda.date}`} variant="quiet" size="sm">
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("backToDay")}
        </ButtonLink>
      </p>
      {isDone(done) ? <DoneNotice done={done} email={contact.email} phone={contact.phone} /> : null}
      <header>
        <h1 className="text-xl font-semibold tracking-tight">{visit.patientName}</h1>
        <p className="text-muted tabular-nums">
          {t("visitLine", {
            date: starts.shortDate,
            from: starts.time,
            to: visit.endTime,
            type: visit.visitType,
          })}
        </p>
      </header>
      {visit.conferenceFailure ? (
        <Notice tone="wait" title={t("conference.failed")}>
          <p>{t("conference.failedBody", { kind: visit.conferenceFailure })}</p>
        </Notice>
      ) : null}
      <div className="flex grow flex-col gap-4 xl:grid xl:min-h-[30rem] xl:grid-cols-[minmax(0,6fr)_minmax(0,5fr)] xl:has-[iframe]:grid-cols-[minmax(0,8fr)_minmax(0,5fr)] xl:grid-rows-[minmax(0,1fr)]">
        <div className={clsx("grow xl:grow-0", COLUMN)}>
          <ClientMessages namespaces={["agenda", "visit"]}>
            <PractitionerVisit
              key={visit.appointmentId}
              initial={visit.state}
              patientName={visit.patientName}
              startsIso={starts.iso}
            />
          </ClientMessages>
          <ClientMessages namespaces={["day"]}>
            <WaitingActions key={visit.appointmentId} agenda={agenda} appointmentId={visit.appointmentId} />
          </ClientMessages>
          <VisitTimeActions visit={visit} base={`/agenda/${visit.appointmentId}`} />
          {visit.state.phase === "cancelled" ? null : (
            <p>
              <ButtonLink href={visit.followUpHref} size="sm">
                <CalendarPlus aria-hidden="true" className="size-4" />
                {t("followUp.book")}
              </ButtonLink>
            </p>
          )}
          {people}
        </div>
        <div className={COLUMN}>
          <DescriptionList
            items={[
              ...(visit.follows
                ? [
                    {
                      key: "follows",
                      term: t("followUp.follows"),
                      details: <Linked visits={[visit.follows]} />,
                    },
                  ]
                : []),
              ...(visit.followedBy.length > 0
                ? [
                    {
                      key: "followedBy",
                      term: t("followUp.followedBy"),
                      details: <Linked visits={visit.followedBy} />,
                    },
                  ]
                : []),
              ...(visit.cancelReason
                ? [
                    {
                      key: "cancelled",
                      term: t("cancelReason"),
                      details: <p className="measure whitespace-pre-line">{visit.cancelReason}</p>,
                    },
                  ]
                : []),
              ...(visit.overbookReason
                ? [
                    {
                      key: "overbooked",
                      term: t("overbookReason"),
                      details: <p className="measure whitespace-pre-line">{visit.overbookReason}</p>,
                    },
                  ]
                : []),
              {
                key: "reason",
                term: t("reason"),
                details: visit.reason ? (
                  <p className="measure whitespace-pre-line">{visit.reason}</p>
                ) : (
                  <span className="text-muted">{t("noReason")}</span>
                ),
              },
              ...visit.answers.map(({ questionId, question, answer }) => ({
                key: questionId,
                term: question,
                details: <p className="measure whitespace-pre-line">{answer}</p>,
              })),
              {
                key: "contact",
                term: t("contact"),
                details: (
                  <>
                    {contact.name ? <p>{t("contactName", { name: contact.name })}</p> : null}
                    {contact.email ? <p className="break-all">{contact.email}</p> : null}
                    {contact.phone ? <PhoneLink phone={contact.phone} /> : null}
                  </>
                ),
              },
              ...(visit.consents.length > 0
                ? [
                    {
                      key: "consents",
                      term: t("consents.term"),
                      details: visit.consents.map(({ kind, version, agreed }) => (
                        <p key={kind}>
                          {t("consents.line", { kind: t(`consents.${kind}`), version, date: agreed })}
                        </p>
                      )),
                    },
                  ]
                : []),
            ]}
          />
          {children}
          <ConferenceCalendar links={visit.conferenceCalendar} />
        </div>
      </div>
      <RenewPage initial={visit.state} token={undefined} hasTalk={hasTalk} />
    </article>
  );
}

/** Other visits of the same two. */
function Linked({ visits }: { visits: readonly LinkedVisitDto[] }) {
  const t = useTranslations("agenda.followUp");
  return (
    <ul className="flex flex-col gap-1">
      {visits.map(({ appointmentId, starts }) => (
        <li key={appointmentId}>
          <Link href={`/agenda/${appointmentId}`}>{t("line", { date: starts.date, time: starts.time })}</Link>
        </li>
      ))}
    </ul>
  );
}

/** TrueConf's own calendar links. They open the conference itself, so they are the practitioner's alone. */
function ConferenceCalendar({ links }: { links: PractitionerVisitDto["conferenceCalendar"] }) {
  const t = useTranslations("agenda.conference");
  const named = (["google", "outlook", "ics"] as const).flatMap((name) => {
    const href = links[name];
    return href ? [{ name, href }] : [];
  });
  if (named.length === 0) return null;
  return (
    <Details summary={t("calendar")}>
      <p className="measure text-muted">{t("calendarPrivate")}</p>
      <ul className="mt-2 flex flex-wrap gap-4">
        {named.map(({ name, href }) => (
          <li key={name}>
            <OutsideLink href={href} newTab={t("newTab")}>
              {t(name)}
            </OutsideLink>
          </li>
        ))}
      </ul>
    </Details>
  );
}
