"use client";

import { useEffect, useState } from "react";
import { liveClient } from "./browser-client";
import { type LiveStatus, type Want, wantId } from "./types";

/**
 * The live state of one key, beginning with what the server rendered. States are whole and replace each other.
 *
 * When the page is rendered again, its new `initial` counts only while the status is not `live`: an answer that was under way may be
 * older than what the stream has said since, whereas the stream always arrives at what is true.
 *
 * @param token a personal link's, where that is what gives the right
 */
export function useLive<T>({ key, token, initial }: Want & { initial: T }): { state: T; status: LiveStatus } {
  const id = wantId({ key, token });
  const [rendered, setRendered] = useState({ id, initial });
  const [state, setState] = useState(initial);
  const [status, setStatus] = useState<LiveStatus>("connecting");

  if (rendered.id !== id) {
    setRendered({ id, initial });
    setState(initial);
    setStatus("connecting");
  } else if (rendered.initial !== initial && JSON.stringify(rendered.initial) !== JSON.stringify(initial)) {
    setRendered({ id, initial });
    if (status !== "live") setState(initial);
  }

  useEffect(() => {
    let last: { state: T } | undefined;
    return liveClient().follow(
      { key, token },
      {
        onState: (next) => {
          last = { state: next as T };
          setState(last.state);
        },
        onStatus: (next) => {
          setStatus(next);
          // A stream that comes back does not repeat what it said before; that counts again.
          if (next === "live" && last) setState(last.state);
        },
      },
    );
  }, [key, token]);

  return { state, status };
}
