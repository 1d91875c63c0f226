"use client";

import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { type CheckState, HEARD } from "./check-machine";
import { helpOf } from "./help";
import type { DeviceCheck as Check } from "./use-device-check";

/** One thing that is checked: its name, what is known of it in a word, and what to do about it. */
export function StepRow({
  state,
  step,
  help,
  children,
}: {
  state: CheckState;
  step: keyof CheckState;
  help?: ReactNode;
  children?: ReactNode;
}) {
  const t = useTranslations("check");
  const { name } = state[step];
  return (
    <section aria-labelledby={`step-${step}`} className="flex flex-col gap-3 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={`step-${step}`} className="font-semibold">
          {t(`steps.${step}`)}
        </h2>
        <p className="flex items-center gap-1.5 text-sm" role="status">
          <StepWord name={name} ok={t(`ok.${step}`)} />
        </p>
      </div>
      <Problem state={state} step={step} />
      {name === "problem" ? help : null}
      {children}
    </section>
  );
}

function StepWord({ name, ok }: { name: CheckState[keyof CheckState]["name"]; ok: string }) {
  const t = useTranslations("check");
  if (name === "running" || name === "listening")
    return (
      <>
        <Spinner /> {t(name)}
      </>
    );
  if (name === "ok")
    return (
      <>
        <CircleCheck aria-hidden="true" className="size-4 text-live" /> {ok}
      </>
    );
  if (name === "problem")
    return (
      <>
        <CircleAlert aria-hidden="true" className="size-4 text-harm" /> {t("problemWord")}
      </>
    );
  return (
    <>
      <CircleDashed aria-hidden="true" className="size-4 text-muted" /> {t("idle")}
    </>
  );
}

/** What is wrong and what to do, in the words of this very problem. */
function Problem({ state, step }: { state: CheckState; step: keyof CheckState }) {
  const t = useTranslations("check.problems");
  const found = state[step];
  if (found.name !== "problem") return null;
  switch (step) {
    case "browser":
      return state.browser.name === "problem" ? (
        <p className="measure">{t(`browser.${state.browser.problem}`)}</p>
      ) : null;
    case "camera":
      return state.camera.name === "problem" ? (
        <p className="measure">{t(`camera.${state.camera.problem}`)}</p>
      ) : null;
    case "microphone":
      return state.microphone.name === "problem" ? (
        <p className="measure">{t(`microphone.${state.microphone.problem}`)}</p>
      ) : null;
    case "speaker":
      return <p className="measure">{t("speaker.not_heard")}</p>;
    case "network":
      return state.network.name === "problem" ? (
        <p className="measure">{t(`network.${state.network.problem}`)}</p>
      ) : null;
  }
}

/** What to do about it in this very browser; inside an app, how to get out of it first. */
export function BrowserHelp({ check, step }: { check: Check; step: keyof CheckState }) {
  const t = useTranslations("check");
  const app = useTranslations("waiting.inApp");
  const found = check.state[step];
  const help = found.name === "problem" ? helpOf(found.problem, check.browser.kind) : null;
  if (!help) return null;
  return (
    <div className="measure flex flex-col gap-1">
      <p className="font-medium">{t(help.startsWith("allow.") ? "allow.title" : "help.title")}</p>
      <p>{check.browser.inApp ? app("body") : t(help)}</p>
    </div>
  );
}

export function Preview({ stream }: { stream: MediaStream }) {
  const t = useTranslations("check");
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    // Mirrored, as people know themselves.
    <video
      ref={video}
      autoPlay
      muted
      playsInline
      aria-label={t("preview")}
      className="aspect-video w-full max-w-100 -scale-x-100 rounded-md bg-sunken object-cover"
    />
  );
}

export function Meter({ loudness: { now, peak } }: { loudness: Check["loudness"] }) {
  const t = useTranslations("check.meter");
  return (
    <div className="flex flex-col gap-1">
      <meter
        min={0}
        max={1}
        value={now}
        aria-label={t("label")}
        className="h-3 w-full max-w-100 accent-accent"
      />
      <p role="status" className="text-sm text-muted">
        {t(peak > HEARD ? "heard" : "say")}
      </p>
    </div>
  );
}

export function Speaker({ check }: { check: Check }) {
  const t = useTranslations("check.speaker");
  const { name } = check.state.speaker;
  return (
    <div className="flex flex-col gap-3">
      <Button className="self-start" pending={name === "running"} onClick={check.playTone}>
        {t("play")}
      </Button>
      {name === "asked" ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">{t("question")}</legend>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => check.answerHeard(true)}>{t("yes")}</Button>
            <Button onClick={() => check.answerHeard(false)}>{t("no")}</Button>
          </div>
        </fieldset>
      ) : null}
    </div>
  );
}
