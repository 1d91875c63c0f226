import { expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { textRefusal } from "./rules";
import { sendSchema } from "./schema";

it("a message of a hundred kilobytes is read, and refused by its name", () => {
  const text = "x".repeat(102_400);
  const parsed = sendSchema.parse({ conversationId: newId(), as: "patient", clientId: newId(), text });
  expect(textRefusal(parsed.text)).toBe("too_long");
});
