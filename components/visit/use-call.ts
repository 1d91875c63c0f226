"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { StartAnswer } from "@/lib/visits/types/visit";
import { type Answer, callAsThird, callVisit } from "./call-api";
import { afterAnswer, type CallState, mayRejoin, readFrameMessage, retryDelaySeconds } from "./call-machine";
import { thisDevice } from "./this-device";

/** How a practitioner with a TrueConf account starts: the app rings, or this browser is let in as that user. */
export type StartBy = "app" | "browser";

export type Call = {
  state: CallState;
  frame: RefObject<HTMLIFrameElement | null>;
  /** Asks for a way in; `take` also takes the call over from another tab or device. */
  enter: (take?: boolean, by?: StartBy) => void;
  leave: () => void;
  /** A way in for another place than this page: a tab of its own, the app. */
  mint: () => Promise<Answer<StartAnswer>>;
  /** Ends this tab's part without counting it as the person's wish: the visit is over. */
  drop: () => void;
};

const leftKey = (appointmentId: string) => `visit-left:${appointmentId}`;

/** Whether the person left this call in this tab, so that a reload does not pull them in again. */
export const hasLeft = (appointmentId: string): boolean =>
  sessionStorage.getItem(leftKey(appointmentId)) !== null;

const inKey = (appointmentId: string) => `visit-in:${appointmentId}`;

/** Whether this tab was in the call when it was last seen, so that a reload leads back into it. */
export const wasIn = (appointmentId: string): boolean =>
  sessionStorage.getItem(inKey(appointmentId)) !== null;

/**
 * One tab's part in a call: asks for the way in at the click, shows it, and asks for a fresh one after a drop. Of all tabs of a
 * browser one has the call, kept by a lock: two would throw each other out, since they enter as the same guest.
 *
 * @param how `start` opens the gate as well, for the practitioner; `third` is a third person's, whose link is no patient's
 */
export function useCall({
  appointmentId,
  token,
  how,
}: {
  appointmentId: string;
  token: string | undefined;
  how: "join" | "start" | "third";
}): Call {
  const [state, setState] = useState<CallState>({ name: "out" });
  const frame = useRef<HTMLIFrameElement>(null);
  const drops = useRef<number[]>([]);
  const releaseLock = useRef<() => void>(() => undefined);
  const latest = useRef(0);

  const stop = useCallback(
    (next: CallState) => {
      latest.current += 1;
      releaseLock.current();
      sessionStorage.removeItem(inKey(appointmentId));
      setState(next);
    },
    [appointmentId],
  );

  const ask = useCallback(
    async (attempt: number, take = false, by?: StartBy) => {
      latest.current += 1;
      const mine = latest.current;
      const answer = await mintWayIn(how, appointmentId, token, { device: thisDevice(), take, by });
      if (mine !== latest.current) return;
      const next = afterAnswer(answer, attempt, how);
      if (next.name === "elsewhere") stop(next);
      else setState(next);
    },
    [appointmentId, token, how, stop],
  );

  const enter = useCallback(
    async (take = false, by?: StartBy) => {
      sessionStorage.removeItem(leftKey(appointmentId));
      setState({ name: "joining" });
      const mine = await holdLock(`visit-call:${appointmentId}`, take, releaseLock, () =>
        stop({ name: "elsewhere", on: "tab" }),
      );
      if (mine) await ask(1, take, by);
      else setState({ name: "elsewhere", on: "tab" });
    },
    [appointmentId, ask, stop],
  );

  const leave = useCallback(() => {
    sessionStorage.setItem(leftKey(appointmentId), "1");
    stop({ name: "left" });
  }, [appointmentId, stop]);

  const drop = useCallback(() => stop({ name: "out" }), [stop]);

  useEffect(() => {
    if (state.name !== "retrying") return;
    const timer = setTimeout(() => void ask(state.attempt), retryDelaySeconds(state.attempt - 1) * 1000);
    return () => clearTimeout(timer);
  }, [state, ask]);

  useEffect(() => {
    if (state.name === "in") sessionStorage.setItem(inKey(appointmentId), "1");
  }, [state.name, appointmentId]);

  const source = state.name === "in" ? state.answer.iframe.src : undefined;
  useEffect(() => {
    if (!source) return;
    const { origin } = new URL(source);
    function hear(event: MessageEvent) {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      const message = readFrameMessage(event.data);
      if (message === "logout") leave();
      else if (message === "notSupported") stop({ name: "refused", reason: "not_supported" });
      else if (message) {
        const now = Date.now();
        const again = mayRejoin(drops.current, now);
        drops.current.push(now);
        setState(
          again
            ? { name: "retrying", reason: "dropped", attempt: 2 }
            : { name: "refused", reason: "dropped" },
        );
      }
    }
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [source, leave, stop]);

  useEffect(() => () => releaseLock.current(), []);

  const mint = useCallback(
    () => mintWayIn(how === "start" ? "join" : how, appointmentId, token, {}),
    [how, appointmentId, token],
  );

  return { state, frame, enter, leave, drop, mint };
}

function mintWayIn(
  how: "join" | "start" | "third",
  appointmentId: string,
  token: string | undefined,
  more: object,
): Promise<Answer<StartAnswer>> {
  return how === "third" ? callAsThird("join", token ?? "") : callVisit(how, appointmentId, token, more);
}

/** Takes the browser's lock for this call and keeps it until released. Where there are no locks every tab may. */
function holdLock(
  name: string,
  take: boolean,
  release: RefObject<() => void>,
  onStolen: () => void,
): Promise<boolean> {
  release.current();
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = (lock: Lock | null) => {
      if (!lock) return resolve(false);
      resolve(true);
      return new Promise<void>((done) => {
        release.current = done;
      });
    };
    navigator.locks.request(name, take ? { steal: true } : { ifAvailable: true }, held).catch(onStolen);
  });
}
