"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { type CheckState, resultOf } from "./check-machine";
import { CallTheClinic, TONES } from "./device-check";
import { AllowHelp, Meter, Preview, Speaker, StepRow } from "./steps";
import { useDeviceCheck } from "./use-device-check";
import { type CheckedVisit, useReport } from "./use-report";

/**
 * The check in the waiting room: begins at once, since it was asked for, shows the picture, the loudness and the tone, and otherwise
 * only what is wrong. The devices are given back when it goes, so that the call finds them free.
 */
export function ShortCheck({ trueconfOrigin, visit }: { trueconfOrigin: string; visit: CheckedVisit }) {
  const t = useTranslations("check");
  const check = useDeviceCheck(trueconfOrigin);
  const { state, start } = check;
  useReport(state, visit);
  useEffect(() => void start(), [start]);
  const result = resultOf(state);
  const isWrong = (step: keyof CheckState) => state[step].name === "problem";
  return (
    <div className="flex flex-col gap-4">
      <div aria-live="polite">
        {result ? (
          <Notice tone={TONES[result]} title={t(`result.${result}.title`)} />
        ) : (
          <p className="flex items-center gap-2 text-muted">
            <Spinner /> {t("running")}
          </p>
        )}
      </div>
      {check.preview ? <Preview stream={check.preview} /> : null}
      {state.microphone.name === "ok" ? <Meter loudness={check.loudness} /> : null}
      {isWrong("browser") ? <StepRow state={state} step="browser" /> : null}
      {isWrong("camera") ? (
        <StepRow state={state} step="camera" help={<AllowHelp check={check} device="camera" />} />
      ) : null}
      {isWrong("microphone") ? (
        <StepRow state={state} step="microphone" help={<AllowHelp check={check} device="microphone" />} />
      ) : null}
      {isWrong("network") ? <StepRow state={state} step="network" /> : null}
      {isWrong("speaker") ? <StepRow state={state} step="speaker" /> : null}
      {isWrong("browser") ? null : <Speaker check={check} />}
      {result === "not_ready" ? (
        <>
          <CallTheClinic />
          <Button className="self-start" onClick={start}>
            {t("again")}
          </Button>
        </>
      ) : null}
    </div>
  );
}
