type OpenStreams = { ends: Set<() => void> };

// One set for the process, however often a development server evaluates this module.
const holder = globalThis as { __portalStreams?: OpenStreams };

/**
 * Keeps count of a stream, so that it ends when the process is asked to: a server that stops waits for its open answers, and a
 * stream would hold it for minutes. Browsers connect again, to whichever process answers next.
 *
 * @param end ends the stream
 * @returns call it when the stream has ended by itself
 */
export function registerStream(end: () => void): () => void {
  holder.__portalStreams ??= endOnShutdown();
  const { ends } = holder.__portalStreams;
  ends.add(end);
  return () => ends.delete(end);
}

function endOnShutdown(): OpenStreams {
  const streams: OpenStreams = { ends: new Set() };
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    process.once(name, () => {
      for (const end of [...streams.ends]) end();
      // A listener takes away the signal's own effect; where nobody else sees to the stop, it is given back.
      if (process.listenerCount(name) === 0) process.kill(process.pid, name);
    });
  }
  return streams;
}
