import { expect, it } from "vitest";
import { ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles, readSources } from "./files";

/** What a personal link does although its visit is over, and why. Everything else asks `loadVisitActor`, which refuses such a link. */
const GOES_ON: Readonly<Record<string, string>> = {
  "app/api/conversations/[conversationId]/files/[attachmentId]/discard/route.ts": "writing to each other",
  "app/api/conversations/[conversationId]/files/route.ts": "writing to each other",
  "app/api/conversations/call.ts": "reading what was written, and how far",
  "app/v/[token]/files/[attachmentId]/route.ts": "reading what was written",
  "lib/records/actions.ts": "saying how the visit was",
  "lib/visits/actions/chat.ts": "joining the visit that the practitioner has begun in the conversation",
  "lib/visits/actions/messages.ts": "writing to each other",
  "lib/visits/actions/rebook.ts": "another time in the place of a visit that was missed",
  "lib/visits/loaders/card.ts": "reading the conversation, live",
  "lib/visits/loaders/conversation.ts": "reading the conversation, live",
  "lib/visits/loaders/live.ts": "reading the visit's page, live",
};

it("only what goes on after a visit is done by a link whose visit is over", () => {
  const asking = readSources(ROOT, allFiles(ROOT)).filter(
    ({ path, text }) =>
      /^(app|lib)\//.test(path) &&
      path !== "lib/visits/loaders/link.ts" &&
      text.includes("loadActorAfterVisit("),
  );
  expect(asking.map(({ path }) => path)).toEqual(Object.keys(GOES_ON).toSorted());
});
