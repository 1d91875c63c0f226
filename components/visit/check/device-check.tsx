"use client";

import { useTranslations } from "next-intl";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { type CheckResult, isListened, resultOf } from "./check-machine";
import { InAppNotice } from "./in-app-notice";
import { BrowserHelp, Meter, Preview, Speaker, StepRow } from "./steps";
import { useDeviceCheck } from "./use-device-check";
import { type CheckedVisit, useReport } from "./use-report";

export const TONES: Record<CheckResult, NoticeTone> = {
  ready: "live",
  audio_only: "wait",
  not_ready: "harm",
};

/**
 * Camera, microphone, speaker and the way to the video server, tried before a visit. What is seen and heard stays in the page.
 *
 * @param trueconfOrigin where visits are embedded from
 * @param visit whose practitioner is told the result; nobody is, where it is left out
 */
export function DeviceCheck({ trueconfOrigin, visit }: { trueconfOrigin: string; visit?: CheckedVisit }) {
  const t = useTranslations("check");
  const check = useDeviceCheck(trueconfOrigin);
  const { state } = check;
  const report = useReport(state, visit);
  const result = resultOf(state);
  const isRunning = Object.values(state).some(({ name }) => name === "running");
  const hasBegun = Object.values(state).some(({ name }) => name !== "idle");
  return (
    <div className="flex flex-col gap-6">
      <InAppNotice />
      <div aria-live="polite">
        {result ? (
          <Notice tone={TONES[result]} title={t(`result.${result}.title`)}>
            <p>{t(`result.${result}.body`)}</p>
            {report ? <p>{t(`report.${report}`)}</p> : null}
          </Notice>
        ) : null}
      </div>
      {hasBegun ? null : <p className="measure">{t("askFirst")}</p>}
      <Button
        variant={result === "ready" ? "secondary" : "primary"}
        size="lg"
        className="self-stretch sm:self-start"
        pending={isRunning && state.speaker.name !== "running"}
        onClick={check.start}
      >
        {t(hasBegun ? "again" : "start")}
      </Button>
      <Card className="flex flex-col divide-y divide-line py-0">
        <StepRow state={state} step="browser" help={<BrowserHelp check={check} step="browser" />} />
        <StepRow state={state} step="camera" help={<BrowserHelp check={check} step="camera" />}>
          {check.preview ? <Preview stream={check.preview} /> : null}
        </StepRow>
        <StepRow state={state} step="microphone" help={<BrowserHelp check={check} step="microphone" />}>
          {isListened(state) ? <Meter loudness={check.loudness} /> : null}
        </StepRow>
        <StepRow state={state} step="speaker">
          <Speaker check={check} />
        </StepRow>
        <StepRow state={state} step="network" help={<BrowserHelp check={check} step="network" />} />
      </Card>
      {result === "not_ready" ? <CallTheClinic /> : null}
    </div>
  );
}

export function CallTheClinic() {
  const t = useTranslations("check");
  const { phone } = useClinic();
  if (!phone) return null;
  return (
    <p>
      {t("phone")} <PhoneLink phone={phone} />
    </p>
  );
}
