"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { forgetTab } from "@/components/ui/tab-storage";
import { endOtherSessionsAction, endSessionAction } from "@/lib/auth/actions/sessions";
import type { SessionDto } from "@/lib/auth/types";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";

const NO_FIELDS = {};

/** The browsers that are signed in to an account, each with its way out, and one way out for all others. */
export function SessionList({ sessions }: { sessions: readonly SessionDto[] }) {
  const t = useTranslations("account.sessions");
  const zone = sessions[0]?.lastSeenAt.zone;
  return (
    <section aria-labelledby="sessions" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="sessions" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="measure text-muted">{t("lead")}</p>
        {zone ? <p className="text-muted">{t("zone", { zone })}</p> : null}
      </div>
      <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface px-card">
        {sessions.map((session) => (
          <SessionLine key={session.sessionId} session={session} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Form id="sign-out-others" action={endOtherSessionsAction} initialState={IDLE}>
          {(state) => (
            <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
              {() => (
                <SubmitButton variant="secondary" className="self-stretch sm:self-start">
                  {t("endOthers")}
                </SubmitButton>
              )}
            </AccountForm>
          )}
        </Form>
      ) : null}
    </section>
  );
}

function SessionLine({ session }: { session: SessionDto }) {
  const t = useTranslations("account.sessions");
  const { sessionId, browser, system, startedAt, lastSeenAt, current } = session;
  const device =
    browser || system
      ? t("device", { browser: browser ?? t("unknownBrowser"), system: system ?? t("unknownSystem") })
      : t("unknownDevice");
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0">
        <p className="font-medium">{device}</p>
        {current ? <p className="font-medium text-live">{t("current")}</p> : null}
        <p className="text-muted">{t("lastSeen", { date: lastSeenAt.shortDate, time: lastSeenAt.time })}</p>
        <p className="text-muted">{t("started", { date: startedAt.shortDate, time: startedAt.time })}</p>
      </div>
      <Form
        id={`sign-out-${sessionId}`}
        action={endSessionAction}
        initialState={IDLE}
        onSubmitCapture={current ? forgetTab : undefined}
      >
        {(state) => (
          <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
            {() => (
              <>
                <input type="hidden" name="sessionId" value={sessionId} />
                <SubmitButton
                  variant="secondary"
                  aria-label={t("endNamed", { device, date: startedAt.shortDate, time: startedAt.time })}
                >
                  {t("end")}
                </SubmitButton>
              </>
            )}
          </AccountForm>
        )}
      </Form>
    </li>
  );
}
