import { describe, expect, it } from "vitest";
import { parseSender } from "./sender";

describe("parseSender", () => {
  it.each([
    ["visits@clinic.example", { name: "Clinic", address: "visits@clinic.example" }],
    ["Visits <visits@clinic.example>", { name: "Visits", address: "visits@clinic.example" }],
    ['"Visits, video" <visits@clinic.example>', { name: "Visits, video", address: "visits@clinic.example" }],
  ])("reads %s", (mailFrom, sender) => {
    expect(parseSender(mailFrom, "Clinic")).toEqual(sender);
  });
});
