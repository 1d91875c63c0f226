import { expect, it } from "vitest";
import type { MessageDto } from "@/lib/messaging/types";
import { mergePages, stillWaiting } from "./merge";

const message = (sequence: number, clientId: string | null = null): MessageDto => ({
  messageId: `${sequence}`,
  sequence,
  isOwn: clientId !== null,
  clientId,
  text: "",
  files: [],
  card: null,
  date: "",
  time: "",
});
const page = (from: number, to: number) => ({
  messages: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)),
  earlier: from > 1 ? from : null,
});
const shown = ({ messages, earlier }: ReturnType<typeof page>) => [
  messages.map(({ sequence }) => sequence).join(" "),
  earlier,
];

it.each([
  ["the same", page(3, 5), page(3, 5), ["3 4 5", 3]],
  ["one more has come", page(3, 5), page(4, 6), ["3 4 5 6", 3]],
  ["all before were loaded", page(1, 5), page(4, 6), ["1 2 3 4 5 6", null]],
  ["just what follows", page(1, 3), page(4, 6), ["1 2 3 4 5 6", null]],
  ["more was missed than a page holds", page(1, 3), page(6, 8), ["6 7 8", 6]],
  ["nothing yet", { messages: [], earlier: null }, page(1, 2), ["1 2", null]],
])("%s", (_, held, live, expected) => {
  expect(shown(mergePages(held, live))).toEqual(expected);
});

it("takes what has come back from what waits", () => {
  const waiting = [{ clientId: "a" }, { clientId: "b" }];
  expect(stillWaiting(waiting, [message(1, "a")])).toEqual([{ clientId: "b" }]);
});
