"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { type CheckState, isListened, resultOf } from "./check-machine";
import { CallTheClinic, TONES } from "./device-check";
import { BrowserHelp, Meter, Preview, Speaker, StepRow } from "./steps";
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
            <Spinner /> {t(state.microphone.name === "listening" ? "listening" : "running")}
          </p>
        )}
      </div>
      {check.preview ? <Preview stream={check.preview} /> : null}
      {isListened(state) ? <Meter loudness={check.loudness} /> : null}
      {(["browser", "camera", "microphone", "network", "speaker"] as const).filter(isWrong).map((step) => (
        <StepRow key={step} state={state} step={step} help={<BrowserHelp check={check} step={step} />} />
      ))}
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
