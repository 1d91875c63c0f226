"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PhoneField } from "@/components/ui/contact-fields";
import { DescriptionList } from "@/components/ui/description-list";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { useLive } from "@/components/ui/live/use-live";
import { Notice } from "@/components/ui/notice";
import { Status, type StatusKind } from "@/components/ui/status";
import { SubmitButton } from "@/components/ui/submit-button";
import { ConnectionNotice } from "@/components/visit/waiting/connection-notice";
import { type FormState, IDLE } from "@/lib/core/form";
import {
  bookInsteadAction,
  enterVisitAction,
  leavePhoneAction,
  leaveQueueAction,
} from "@/lib/queue/actions/place";
import type { PlaceDto, PlacePhase, PlaceState } from "@/lib/queue/types";
import { waitKey } from "./now-screen";
import { UsualHours } from "./usual-hours";

const STATUS: Record<PlacePhase, StatusKind> = {
  waiting: "waiting",
  asking: "waiting",
  accepted: "live",
  left: "cancelled",
  lapsed: "cancelled",
};

/** A place in the line, as it moves. When its turn has come the patient is led to the visit, without doing anything. */
export function PlaceRoom({ place, token }: { place: PlaceDto; token: string }) {
  const t = useTranslations("queue.place");
  const { state, status } = useLive<PlaceState>({
    key: `queue:${place.entryId}`,
    token,
    initial: place.state,
  });
  const { phase } = state;
  const isWaiting = phase === "waiting" || phase === "asking";
  return (
    <>
      <Card className="flex flex-col gap-4">
        <Status kind={STATUS[phase]}>{t(`status.${phase}`)}</Status>
        <ConnectionNotice status={status} />
        <div aria-live="polite" aria-atomic="true" className="measure flex flex-col gap-2">
          {isWaiting ? <Standing state={state} /> : <p className="text-lg font-medium">{t(phase)}</p>}
        </div>
        {phase === "accepted" ? <Enter token={token} /> : null}
        {phase === "left" || phase === "lapsed" ? (
          <div className="flex flex-wrap gap-3">
            <ButtonLink href={place.nowHref} variant="primary">
              {t("again")}
            </ButtonLink>
            <ButtonLink href={place.bookHref}>{t("book")}</ButtonLink>
          </div>
        ) : null}
        {isWaiting ? <p className="measure text-muted">{t("stay")}</p> : null}
      </Card>
      {isWaiting && state.onDuty === 0 ? <NobodyThere place={place} /> : null}
      {isWaiting ? <WhileWaiting place={place} token={token} /> : null}
    </>
  );
}

function Standing({ state }: { state: PlaceState }) {
  const t = useTranslations("queue.place");
  const now = useTranslations("queue.now");
  const { phase, place, expectedMinutes, onDuty } = state;
  return (
    <>
      <p className="text-lg font-medium">{t("place", { place })}</p>
      <p>
        {onDuty === 0
          ? t("nobody")
          : phase === "asking"
            ? t("asking")
            : now(waitKey(expectedMinutes), { minutes: expectedMinutes ?? 0 })}
      </p>
    </>
  );
}

/** The last practitioner has gone: when somebody is usually there, and what can be done instead of waiting. The place is kept meanwhile. */
function NobodyThere({ place: { hours, waitlistHref } }: { place: PlaceDto }) {
  const t = useTranslations("queue");
  return (
    <>
      <UsualHours hours={hours} />
      <p>
        <ButtonLink href={waitlistHref}>{t("now.waitlist")}</ButtonLink>
      </p>
    </>
  );
}

/** Sends itself where scripts run; a button elsewhere. */
function Enter({ token }: { token: string }) {
  const t = useTranslations("queue.place");
  const button = useRef<HTMLDivElement>(null);
  useEffect(() => {
    button.current?.closest("form")?.requestSubmit();
  }, []);
  return (
    <Form id="enter-visit" action={enterVisitAction} initialState={IDLE}>
      {(state) => (
        <div ref={button} className="flex flex-col gap-3">
          <input type="hidden" name="token" value={token} />
          <SubmitButton variant="primary" size="lg" className="max-sm:w-full">
            {t("enter")}
          </SubmitButton>
          <Problem state={state} />
        </div>
      )}
    </Form>
  );
}

/** What can be done meanwhile: try the devices, leave a number, book a time instead, leave. */
function WhileWaiting({ place, token }: { place: PlaceDto; token: string }) {
  const t = useTranslations("queue.place");
  const { phone: clinicPhone } = useClinic();
  const facts = [
    { key: "what", term: t("what"), details: `${place.visitType}, ${place.specialty}` },
    ...(place.language ? [{ key: "language", term: t("language"), details: place.language }] : []),
  ];
  return (
    <>
      <Card className="flex flex-col gap-4">
        <DescriptionList items={facts} />
        <p>
          <Link href="/check" target="_blank">
            {t("check")}
          </Link>
        </p>
      </Card>
      <Card>
        <Form id="leave-phone" action={leavePhoneAction} initialState={IDLE} className="flex flex-col gap-4">
          {(state) => (
            <>
              <input type="hidden" name="token" value={token} />
              <PhoneField
                label={t("phone")}
                note={null}
                hint={t("phoneHint")}
                error={state.status === "refused" && state.fields.phone ? t("phoneInvalid") : undefined}
                value={state.status === "refused" ? state.values.phone : (place.phone ?? "")}
              />
              <SubmitButton variant="secondary" className="self-start">
                {t("phoneSave")}
              </SubmitButton>
              {state.status === "done" ? (
                <Notice tone="live" announce="status">
                  <p>{t("phoneSaved")}</p>
                </Notice>
              ) : null}
              {state.status === "refused" && !state.fields.phone ? <Problem state={state} /> : null}
            </>
          )}
        </Form>
      </Card>
      <div className="flex flex-wrap items-start gap-3">
        <Form id="book-instead" action={bookInsteadAction} initialState={IDLE}>
          {(state) => (
            <>
              <input type="hidden" name="token" value={token} />
              <SubmitButton variant="secondary">{t("bookInstead")}</SubmitButton>
              <Problem state={state} />
            </>
          )}
        </Form>
        <Form id="leave-queue" action={leaveQueueAction} initialState={IDLE}>
          {(state) => (
            <>
              <input type="hidden" name="token" value={token} />
              <SubmitButton variant="quiet">{t("leave")}</SubmitButton>
              <Problem state={state} />
            </>
          )}
        </Form>
      </div>
      {clinicPhone ? (
        <p className="text-muted">{t.rich("call", { phone: () => <PhoneLink phone={clinicPhone} /> })}</p>
      ) : null}
    </>
  );
}

function Problem({ state }: { state: FormState<"not_found"> }) {
  const t = useTranslations("queue.place.refused");
  if (state.status !== "refused") return null;
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(state.reason)}</p>
    </Notice>
  );
}
