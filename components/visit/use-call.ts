"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { StartAnswer } from "@/lib/visits/types/visit";
import { type Answer, callAsThird, callVisit } from "./call-api";
import {
  afterAnswer,
  afterDrop,
  type CallState,
  callOf,
  countDrop,
  type How,
  NO_DROPS,
  onceIn,
  readFrameMessage,
  retryDelaySeconds,
  type StartBy,
  type Wish,
} from "./call-machine";
import { holdLock } from "./joining/call-lock";
import { markIn, markLeft } from "./joining/tab-marks";
import { thisDevice } from "./this-device";

export type Call = {
  state: CallState;
  frame: RefObject<HTMLIFrameElement | null>;
  /** Asks for a way in; `take` also takes the call over from another tab or device. */
  enter: (take?: boolean, by?: StartBy) => void;
  /** Asks anew for the way in that was asked for last. */
  again: () => void;
  leave: () => void;
  /** A way in for another place than this page: a tab of its own, the app. */
  mint: () => Promise<Answer<StartAnswer>>;
  /** Ends this tab's part without counting it as the person's wish: the visit is over. */
  drop: () => void;
};

const nothing = () => undefined;

/**
 * One tab's part in a call: asks for the way in at the click, shows it, and asks for a fresh one after a drop. Of all tabs of a
 * browser one has the call, kept by a lock: two would throw each other out, since they enter as the same guest.
 *
 * @param how whose way in it is
 */
export function useCall({
  appointmentId,
  token,
  how,
}: {
  appointmentId: string;
  token: string | undefined;
  how: How;
}): Call {
  const [state, setState] = useState<CallState>({ name: "out" });
  const frame = useRef<HTMLIFrameElement>(null);
  const drops = useRef(NO_DROPS);
  const wish = useRef<Wish>({ take: false, by: undefined });
  const releaseLock = useRef<() => void>(nothing);
  const isGone = useRef(false);
  const latest = useRef(0);

  const release = useCallback(() => {
    releaseLock.current();
    releaseLock.current = nothing;
  }, []);

  const stop = useCallback(
    (next: CallState) => {
      latest.current += 1;
      release();
      markIn(appointmentId, false);
      setState(next);
    },
    [appointmentId, release],
  );

  const ask = useCallback(
    async (attempt: number) => {
      latest.current += 1;
      const mine = latest.current;
      const asked = { ...wish.current, device: thisDevice() };
      const answer = await mintWayIn(callOf(how, asked), appointmentId, token, asked);
      if (mine !== latest.current) return;
      const next = afterAnswer(answer, attempt, how);
      if (next.name === "in") wish.current = onceIn(wish.current);
      if (next.name === "elsewhere") stop(next);
      else setState(next);
    },
    [appointmentId, token, how, stop],
  );

  const enter = useCallback(
    async (take = false, by?: StartBy) => {
      latest.current += 1;
      const mine = latest.current;
      wish.current = { take, by };
      markLeft(appointmentId, false);
      setState({ name: "joining" });
      release();
      const giveBack = await holdLock(navigator.locks, `visit-call:${appointmentId}`, take, () =>
        stop({ name: "elsewhere", on: "tab" }),
      );
      if (mine !== latest.current || isGone.current) return giveBack?.();
      if (!giveBack) return setState({ name: "elsewhere", on: "tab" });
      releaseLock.current = giveBack;
      await ask(1);
    },
    [appointmentId, ask, release, stop],
  );

  const again = useCallback(() => enter(true, wish.current.by), [enter]);

  const leave = useCallback(() => {
    markLeft(appointmentId, true);
    stop({ name: "left" });
  }, [appointmentId, stop]);

  const drop = useCallback(() => stop({ name: "out" }), [stop]);

  useEffect(() => {
    if (state.name !== "retrying") return;
    const timer = setTimeout(() => void ask(state.attempt), retryDelaySeconds(state.attempt - 1) * 1000);
    return () => clearTimeout(timer);
  }, [state, ask]);

  useEffect(() => {
    if (state.name === "in") markIn(appointmentId, true);
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
        const counted = countDrop(drops.current, Date.now());
        drops.current = counted;
        setState((current) => afterDrop(current, counted, message));
        // What else the same frame says is about the same drop.
        window.removeEventListener("message", hear);
      }
    }
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [source, leave, stop]);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      release();
    };
  }, [release]);

  // Another place than this page is a browser all the same: an account is let in there, and its app is not rung.
  const mint = useCallback(
    () => mintWayIn(how, appointmentId, token, { by: "browser" }),
    [how, appointmentId, token],
  );

  return { state, frame, enter, again, leave, drop, mint };
}

const mintWayIn = (
  call: How,
  appointmentId: string,
  token: string | undefined,
  more: object,
): Promise<Answer<StartAnswer>> =>
  call === "third" ? callAsThird("join", token ?? "", more) : callVisit(call, appointmentId, token, more);
