"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type BrowserInfo, identifyBrowser } from "./browser";
import { type CheckState, microphoneStep, NOT_CHECKED, type Step } from "./check-machine";
import { findBrowserProblem, findNetworkProblem, meterLoudness, openDevices, playTone } from "./probes";

export type DeviceCheck = {
  state: CheckState;
  browser: BrowserInfo;
  /** What the camera sees, while it is open. */
  preview: MediaStream | null;
  /** 0 to 1; the loudest so far tells whether anything was heard at all. */
  loudness: { now: number; peak: number };
  start: () => Promise<void>;
  playTone: () => Promise<void>;
  answerHeard: (heard: boolean) => void;
};

/** So long a browser may take to let a page listen to what it has opened; from one that never does nothing is known, and nothing claimed. */
const DEAF_MS = 10_000;

const OTHER: BrowserInfo = { kind: "other", inApp: false };

const stepOf = <P>(problem: P | undefined): Step<P> =>
  problem === undefined ? { name: "ok" } : { name: "problem", problem };

/**
 * One check of camera, microphone, speaker and network. Devices are asked for at the click alone, and given back when the page goes or
 * another check begins; nothing that they see or hear leaves the page.
 */
export function useDeviceCheck(trueconfOrigin: string): DeviceCheck {
  const [state, setState] = useState<CheckState>(NOT_CHECKED);
  const [browser, setBrowser] = useState(OTHER);
  const [preview, setPreview] = useState<MediaStream | null>(null);
  const [loudness, setLoudness] = useState({ now: 0, peak: 0 });
  const giveBack = useRef<() => void>(() => undefined);
  const run = useRef(0);

  const note = useCallback((found: Partial<CheckState>) => setState((known) => ({ ...known, ...found })), []);

  useEffect(() => {
    setBrowser(identifyBrowser(navigator.userAgent, navigator.maxTouchPoints));
    return () => {
      run.current += 1;
      giveBack.current();
    };
  }, []);

  const start = useCallback(async () => {
    run.current += 1;
    const mine = run.current;
    giveBack.current();
    setPreview(null);
    setLoudness({ now: 0, peak: 0 });
    const info = identifyBrowser(navigator.userAgent, navigator.maxTouchPoints);
    const problem = findBrowserProblem(info.inApp);
    const running = { name: "running" } as const;
    if (problem) return setState({ ...NOT_CHECKED, browser: stepOf(problem) });
    setState({
      ...NOT_CHECKED,
      browser: { name: "ok" },
      camera: running,
      microphone: running,
      network: running,
    });

    const network = findNetworkProblem(trueconfOrigin);
    const { camera, microphone } = await openDevices();
    const tracks = [camera, microphone].filter((found) => typeof found !== "string");
    const stopTracks = () => {
      for (const track of tracks) track.stop();
    };
    if (mine !== run.current) return stopTracks();
    const stopListening =
      typeof microphone === "string" ? () => undefined : listen(microphone, setLoudness, note);
    giveBack.current = () => {
      stopListening();
      stopTracks();
    };
    setPreview(typeof camera === "string" ? null : new MediaStream([camera]));
    note({
      camera: stepOf(typeof camera === "string" ? camera : undefined),
      microphone: typeof microphone === "string" ? stepOf(microphone) : { name: "listening" },
    });
    const trouble = await network;
    if (mine === run.current) note({ network: stepOf(trouble) });
  }, [note, trueconfOrigin]);

  const play = useCallback(async () => {
    note({ speaker: { name: "running" } });
    try {
      await playTone();
    } catch {
      // Whether it was heard is asked all the same: the person knows.
    }
    note({ speaker: { name: "asked" } });
  }, [note]);

  const answerHeard = useCallback(
    (heard: boolean) => note({ speaker: stepOf(heard ? undefined : ("not_heard" as const)) }),
    [note],
  );

  return { state, browser, preview, loudness, start, playTone: play, answerHeard };
}

/** Listens to an open microphone: shows how loud it is, and notes whether anybody is heard. @returns stops it */
function listen(
  microphone: MediaStreamTrack,
  show: (loudness: DeviceCheck["loudness"]) => void,
  note: (found: Pick<CheckState, "microphone">) => void,
): () => void {
  let [peak, listened] = [0, 0];
  let known = "listening";
  const stopMeter = meterLoudness(microphone, (now) => {
    [peak, listened] = [Math.max(now, peak), listened + 1];
    show({ now, peak });
    const step = microphoneStep(peak, listened);
    if (step.name !== known) note({ microphone: step });
    known = step.name;
  });
  const deaf = setTimeout(() => {
    if (listened === 0) note({ microphone: { name: "ok" } });
  }, DEAF_MS);
  return () => {
    stopMeter();
    clearTimeout(deaf);
  };
}
