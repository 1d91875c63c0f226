"use client";

import { useEffect, useState } from "react";
import { liveClient } from "./browser-client";
import type { LiveStatus, Want } from "./types";

/**
 * The live state of one key, beginning with what the server rendered. A new `initial` (the page was rendered again) counts until the
 * next state arrives; states are whole and replace each other.
 *
 * @param token a personal link's, where that is what gives the right
 */
export function useLive<T>({ key, token, initial }: Want & { initial: T }): { state: T; status: LiveStatus } {
  const [state, setState] = useState(initial);
  const [rendered, setRendered] = useState(initial);
  const [status, setStatus] = useState<LiveStatus>("connecting");

  if (rendered !== initial) {
    setRendered(initial);
    // An equal object made anew says nothing new.
    if (JSON.stringify(rendered) !== JSON.stringify(initial)) setState(initial);
  }

  useEffect(
    () =>
      liveClient().follow(
        { key, token },
        { onState: (next) => setState(() => next as T), onStatus: setStatus },
      ),
    [key, token],
  );

  return { state, status };
}
