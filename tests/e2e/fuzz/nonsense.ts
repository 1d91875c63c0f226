import fc from "fast-check";
import type { FieldValue, PlainForm } from "@/tests/support/plain-forms";

/** What no form of ours would send and no link of ours lead to. */
const NONSENSE: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e309",
  "NaN",
  "9".repeat(400),
  "\u0000",
  "line\u0000end",
  "\u202Egnp.exe",
  "\uFEFF",
  "\u0007\u001B[31m",
  "🩺".repeat(200),
  "x".repeat(10_240),
  "'; DROP TABLE slot; --",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "%00%ff",
  "%",
  "null",
  "[object Object]",
  '{"$gt":""}',
  "$K1",
  "$F1",
  "$@0",
  "__proto__",
  "constructor",
  "2027-02-30",
  "0000-00-00",
  "9999-12-31",
  "+275760-09-13",
  "1000-01-01T00:00:00Z",
  "9999-12-31T23:59:00Z",
  "2026-11-24T09:07:31.5Z",
  "2026-11-24T09:00:00+99:99",
  "24:00",
  "25:61",
  "Mars/Olympus_Mons",
  "00000000-0000-0000-0000-000000000000",
  "0199f0a0-0000-7000-8000-000000000000",
  "A".repeat(43),
  "on",
  "a@b",
  "a@example.org\r\nBcc: b@example.org",
  `${"a".repeat(300)}@example.org`,
];

export const nonsense: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NONSENSE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);

/** As a header can carry it at all: bytes, and no line of its own. */
const headerValue = nonsense.map((text) =>
  Buffer.from(text)
    .toString("latin1")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replaceAll(/[\u0000-\u0008\u000A-\u001F\u007F]/g, "")
    .slice(0, 2_000),
);

/** What Next.js and the portal read of a request beside its address and body; each comes now and then. */
const HEADERS = [
  ...["accept", "accept-language", "user-agent", "referer", "host", "content-type", "if-none-match", "range"],
  ...["rsc", "next-action", "next-router-state-tree", "next-router-prefetch", "next-url", "x-nextjs-data"],
  ...[
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-middleware-subrequest",
    "x-matched-path",
  ],
  ...["authorization", "sec-fetch-site", "last-event-id", "x-http-method-override"],
];
export const headers: fc.Arbitrary<Record<string, string>> = fc
  .array(fc.tuple(fc.constantFrom(...HEADERS), headerValue), { maxLength: 2 })
  .map((pairs) => Object.fromEntries(pairs));

/** Cookies beside those of a reader, among them spoiled ones of ours. */
export const cookies: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        "session",
        "visitor",
        "device",
        "locale",
        "timezone",
        "theme",
        "second-step",
        "enrolment",
      ),
      headerValue.map((value) => value.replaceAll(/[;,\s]/g, "")),
    ),
    { maxLength: 2 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("; "));

/** A part of a path, right by its form or not even that. */
export const segment: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: nonsense.map((text) => encodeURIComponent(text).slice(0, 3_000)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("%", "%zz", "%00", "%2e%2e", "..", "%C0%AF", "[token]", "a;b", "a%2Fb"),
  },
);

const QUERY = [
  ...["visit", "day", "from", "to", "date", "view", "page", "q", "name", "specialty", "language", "_rsc"],
  ...[
    "when",
    "start",
    "startAt",
    "practitioner",
    "practitionerId",
    "visitTypeId",
    "at",
    "time",
    "booked",
    "plan",
  ],
];
export const query: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...QUERY), nonsense), { maxLength: 4 })
  .map((pairs) => String(new URLSearchParams(pairs.map(([name, value]) => [name, value]))));

/** Stands for a body that is larger than any form: written out, it would fill the report. */
export const TOO_LARGE = "(300 kB)";

/** A body as text, of any kind or of none, and what it says it is. */
export const rawBody: fc.Arbitrary<{ body: string; type: string }> = fc.record({
  body: fc.oneof(nonsense, fc.json({ maxDepth: 3 }), fc.constant(TOO_LARGE)),
  type: fc.constantFrom(
    "application/json",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "",
  ),
});

/** What the machines' doors ask for, by names that they know, with right and wrong values. */
const FIELDS = [
  "token",
  "as",
  "query",
  "before",
  "delivered",
  "read",
  "entry",
  "keys",
  "key",
  "hold",
  "browser",
  "camera",
];
export const structuredBody: fc.Arbitrary<{ body: string; type: string }> = fc
  .dictionary(
    fc.constantFrom(...FIELDS),
    fc.oneof(nonsense, fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 })),
  )
  .map((fields) => ({ body: JSON.stringify(fields), type: "application/json" }));

/** What is wrong with a form's fields: some have other values, some are missing, some come twice, some are new. */
export const spoiled = ({ fields, types, buttons }: PlainForm): fc.Arbitrary<FieldValue[]> => {
  const names = [...new Set([...types.keys(), ...buttons.flatMap(({ field }) => field?.[0] ?? [])])];
  const kept = fields.filter(([name]) => name.startsWith("$"));
  const rest = fields.filter(([name]) => !name.startsWith("$"));
  return fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...names, "unknown"), nonsense), { minLength: 1, maxLength: 4 }),
      fc.subarray([...new Set(rest.map(([name]) => name))]),
      fc.boolean(),
    )
    .map(([wrong, missing, asWell]) => [
      ...kept,
      ...rest.filter(
        ([name]) => !missing.includes(name) && (asWell || !wrong.some(([other]) => other === name)),
      ),
      ...wrong,
    ]);
};
