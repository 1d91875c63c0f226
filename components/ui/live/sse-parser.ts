export type SseEvent = { name: string; data: string };

/**
 * Cuts a text/event-stream into events (WHATWG HTML §9.2.6), however its text is cut into chunks. Comments, `id` and `retry` mean
 * nothing here.
 *
 * @returns takes the next chunk
 */
export function createSseParser(onEvent: (event: SseEvent) => void): (chunk: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];

  const take = (line: string) => {
    if (line === "") {
      if (data.length > 0) onEvent({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  };

  return (chunk) => {
    // A return at the very end may be the first half of a CRLF.
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}
