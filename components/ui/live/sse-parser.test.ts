import { describe, expect, it } from "vitest";
import { createSseParser, type SseEvent } from "./sse-parser";

const parse = (...chunks: string[]): SseEvent[] => {
  const events: SseEvent[] = [];
  const push = createSseParser((event) => events.push(event));
  for (const chunk of chunks) push(chunk);
  return events;
};

describe("the event stream parser", () => {
  it("reads an event's name and data", () => {
    expect(parse("event: state\ndata: 1\n\n")).toEqual([{ name: "state", data: "1" }]);
  });

  it("reads the same from every cut into chunks", () => {
    const text = ":\n\nevent: state\r\ndata: a\r\ndata: b\r\n\r\nevent: gone\rdata: c\r\rdata:d\n\n";
    const whole = parse(text);
    expect(whole).toEqual([
      { name: "state", data: "a\nb" },
      { name: "gone", data: "c" },
      { name: "message", data: "d" },
    ]);
    for (let at = 1; at < text.length; at += 1) {
      expect(parse(text.slice(0, at), text.slice(at)), `cut at ${at}`).toEqual(whole);
    }
    expect(parse(...text)).toEqual(whole);
  });

  it("takes away one space after the colon, and only one", () => {
    expect(parse("data:  two\n\n")).toEqual([{ name: "message", data: " two" }]);
  });

  it("is silent about comments, fields without a meaning, and events without data", () => {
    expect(parse(":beat\n\n", "id: 7\nretry: 10\n\n", "event: state\n\n")).toEqual([]);
    expect(parse("event: state\n\ndata: x\n\n")).toEqual([{ name: "message", data: "x" }]);
  });

  it("waits for the blank line", () => {
    expect(parse("event: state\ndata: half")).toEqual([]);
  });
});
