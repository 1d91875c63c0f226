import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calendarsAnswer,
  clientsAnswer,
  conferenceAnswer,
  conferencesAnswer,
  errorAnswer,
  participantsAnswer,
} from "./wire";

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe("a conference as it is read", () => {
  const sample = {
    id: "3413915491",
    state: "stopped",
    tags: [],
    allow_guests: true,
    recording: 0,
    created_at: 1_605_860_922,
  };

  it("may have more fields than we know", () => {
    const parsed = conferenceAnswer.parse({ conference: { ...sample, broadcast: null, sai: [1] }, more: 1 });
    expect(parsed.conference).toEqual(sample);
  });

  it.each([
    ["no id", { id: undefined }],
    ["an empty id", { id: "" }],
    ["a number for an id", { id: 3_413_915_491 }],
    ["another state", { state: "scheduled" }],
    ["guests neither allowed nor not", { allow_guests: "yes" }],
    ["tags that are no texts", { tags: [1] }],
  ])("is refused with %s", (_what, change) => {
    expect(accepts(conferenceAnswer, { conference: { ...sample, ...change } })).toBe(false);
  });

  it("tells absent tags from none", () => {
    const tagsOf = (tags: unknown) =>
      conferenceAnswer.parse({ conference: { ...sample, tags } }).conference.tags;
    expect([tagsOf([]), tagsOf(null), tagsOf(undefined)]).toEqual([[], undefined, undefined]);
  });

  it("in a list need show only what tells ours from others'", () => {
    const list = {
      cnt: "1",
      conferences: [{ id: "1", state: "running", allow_guests: "?", created_at: "?" }],
    };
    expect(conferencesAnswer.parse(list)).toEqual({
      cnt: 1,
      conferences: [{ id: "1", state: "running", tags: undefined, created_at: undefined }],
    });
  });
});

describe("other answers", () => {
  it("of calendars are read with and without a frame, and whatever stands in the place of a link", () => {
    const links = { google: "https://g", ics: { href: "x" }, outlook: null, yahoo: "https://y" };
    for (const answer of [links, { calendars: links }])
      expect(calendarsAnswer.parse(answer)).toEqual({
        google: "https://g",
        ics: undefined,
        outlook: undefined,
        other: undefined,
      });
  });

  it("of the programs must be a list, whose entries may lack anything", () => {
    expect(accepts(clientsAnswer, { clients: {} })).toBe(false);
    expect(clientsAnswer.parse({ clients: [{ web_url: null }], deeplinks: "none" }).clients).toHaveLength(1);
  });

  it("of participants must have ids", () => {
    expect(accepts(participantsAnswer, { participants: [{ is_owner: 1 }] })).toBe(false);
    expect(accepts(participantsAnswer, { participants: [{ id: "a", is_owner: "?" }] })).toBe(true);
  });

  it.each<[object, object]>([
    [
      { error: { code: 404, errors: [{ reason: "conferenceNotFound", location: "conference_id" }] } },
      { reason: "conferenceNotFound", field: "conference_id" },
    ],
    [{ error: { code: 403, errors: [] } }, { reason: undefined, field: undefined }],
    [{ error: { code: 403, errors: "?" } }, { reason: undefined, field: undefined }],
    [{ error: "Not Found", trace_id: "1", reason: "routeNotFound" }, { reason: "routeNotFound" }],
    // Words only, never sentences, since they are logged.
    [{ error: { errors: [{ reason: "Paula Beispiel is missing", location: "id" }] } }, { field: "id" }],
  ])("that refuse are read in either version: %o", (answer, complaint) => {
    expect(errorAnswer.parse(answer)).toMatchObject(complaint);
  });

  it.each<[unknown]>([
    [undefined],
    ["<html>"],
    [{}],
    [{ error: "invalid_client" }],
    [{ reason: "not a word" }],
  ])("that refuse and are not TrueConf's are told apart: %o", (answer) => {
    expect(accepts(errorAnswer, answer)).toBe(false);
  });
});

describe("whatever a server answers", () => {
  it("is read or refused, and never fails over", () => {
    const answers = [
      calendarsAnswer,
      clientsAnswer,
      conferenceAnswer,
      conferencesAnswer,
      errorAnswer,
      participantsAnswer,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...answers),
        fc.anything({ withNullPrototype: true, maxDepth: 4 }),
        (schema, value) => {
          for (const each of [
            value,
            { conference: value, conferences: value, participants: value, error: value },
          ])
            expect(typeof accepts(schema, each)).toBe("boolean");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
