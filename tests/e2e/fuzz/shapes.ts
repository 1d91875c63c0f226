import fc from "fast-check";
import { z } from "zod";
import { presenceSchema } from "@/lib/booking/schema/hold";
import { earlierSchema, markSchema, searchSchema } from "@/lib/messaging/schema";
import { deviceSchema } from "@/lib/visits/schema/device";
import { deviceCheckSchema } from "@/lib/visits/schema/device-check";
import { entrySchema, startSchema } from "@/lib/visits/schema/start";
import type { Reader } from "../pages";
import { nonsense } from "./nonsense";

/* What machines' doors take by its shape, with nonsense inside: what their own schemas let in, so that it reaches what is behind them. */

type Body = { body: string; type: string };

/** What a door takes. */
export type Shape = {
  body: fc.Arbitrary<Body>;
  /** Who has something there: some cases are theirs. */
  by: Reader;
  /** The answers to whoever was not listened to for so long that a shape was looked at. */
  unread: readonly number[];
};

/** The part of JSON Schema that the doors' schemas come to. */
type Written = {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Written>;
  required?: string[];
  format?: string;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

function nonsenseOf(written: Written): fc.Arbitrary<unknown> {
  if (written.enum) return fc.constantFrom(...written.enum);
  const { type, minimum, maximum, maxLength } = written;
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => nonsenseOf({ ...written, type: one })));
  switch (type) {
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(written.properties ?? {}).map(([name, one]) => [name, nonsenseOf(one)]),
        ),
        { requiredKeys: written.required ?? [] },
      );
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "integer":
      return fc
        .maxSafeInteger()
        .map((value) => Math.min(Math.max(value, minimum ?? value), maximum ?? value));
    case "string":
      if (written.format === "uuid") return fc.uuid();
      if (written.pattern) return fc.stringMatching(new RegExp(written.pattern));
      return nonsense.map((text) => text.slice(0, maxLength));
    default:
      throw new Error(`No nonsense is known of ${JSON.stringify(written)}`);
  }
}

/** Whatever a schema lets in, and nothing that it does not. */
const inside = (schema: z.ZodType): fc.Arbitrary<object> =>
  nonsenseOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Written).filter(
    (value): value is object => schema.safeParse(value).success,
  );

const asJson = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Body> =>
  value.map((one) => ({ body: JSON.stringify(one), type: "application/json" }));

/** As a personal link's token is written. */
const token = fc.stringMatching(/^[\w-]{43}$/);
const words = (length: number) => nonsense.map((text) => text.slice(0, length));

const UNREAD = [400, 403, 405, 413, 415];

const shape = (value: fc.Arbitrary<unknown>, by: Reader = "anybody"): Shape => ({
  body: asJson(value),
  by,
  unread: UNREAD,
});

/** With the token of a link now and then, by which whoever is signed in is nobody. */
const withToken = (schema: z.ZodType, by: Reader): Shape => {
  const link = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.oneof(token, words(100)) },
  );
  return shape(
    fc.tuple(inside(schema), link).map(([value, one]) => ({ ...value, token: one })),
    by,
  );
};

const third = (schema: z.ZodType): Shape =>
  shape(fc.tuple(inside(schema), token).map(([value, link]) => ({ ...value, token: link })));

const NOTHING = z.object();

/** What may be followed, by the word that a key begins with; of nobody's visit, since whoever follows one is written down as present. */
const KEYS = ["appointment", "agenda", "agenda-week", "card", "clinic-day", "conversation", "messages"];
const MORE_KEYS = ["place", "third", "times", "duty", "handovers"];
const dates = fc.constantFrom("2026-11-24", "9999-12-31", "2027-02-30", "0000-01-01");
const liveKey = fc
  .tuple(fc.constantFrom(...KEYS, ...MORE_KEYS), fc.option(fc.oneof(dates, fc.uuid(), nonsense)))
  .map(([kind, id]) => (id === null ? kind : `${kind}:${id}`).slice(0, 100));

/** A form with one file: of a kind that is taken or of none, by its name, by what it says that it is, and by how it begins. */
const upload: fc.Arbitrary<Body> = fc
  .record({
    name: fc.tuple(words(300), fc.constantFrom("", ".pdf", ".png", ".jpg", ".html", ".PDF\u202E")),
    says: fc.constantFrom("application/pdf", "image/png", "text/html", "nonsense"),
    begins: fc.constantFrom(
      "",
      "%PDF-1.7\n",
      "\u0089PNG\r\n\u001A\n",
      "<svg xmlns='http://www.w3.org/2000/svg'>",
    ),
    text: nonsense,
  })
  .map(({ name, says, begins, text }) => {
    // As browsers write it into the head of a part.
    const written = name.join("").replaceAll(/["\r\n]/g, encodeURIComponent);
    return {
      body: [
        "--part",
        `Content-Disposition: form-data; name="file"; filename="${written}"`,
        `Content-Type: ${says}`,
        "",
        `${begins}${text}`,
        "--part--",
        "",
      ].join("\r\n"),
      type: "multipart/form-data; boundary=part",
    };
  });

/** What each machine's door that takes anything takes. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "/api/conversations/[conversationId]/earlier": withToken(earlierSchema, "patient"),
  // Whose conversation it is, is asked before the form is read.
  "/api/conversations/[conversationId]/files": { body: upload, by: "patient", unread: [400, 403, 404, 405] },
  "/api/conversations/[conversationId]/files/[attachmentId]/discard": withToken(NOTHING, "patient"),
  "/api/conversations/[conversationId]/mark": withToken(markSchema, "patient"),
  "/api/conversations/[conversationId]/search": withToken(searchSchema, "patient"),
  "/api/exports": {
    body: token.map((link) => ({ body: `token=${link}`, type: "application/x-www-form-urlencoded" })),
    by: "patient",
    unread: UNREAD,
  },
  "/api/hold/leave": shape(inside(presenceSchema)),
  "/api/hold/return": shape(inside(presenceSchema)),
  "/api/live": shape(
    fc.record({
      keys: fc.array(
        fc.record(
          {
            key: liveKey,
            token: fc.oneof(
              token,
              words(99).map((text) => `${text}t`),
            ),
          },
          { requiredKeys: ["key"] },
        ),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    "practitioner",
  ),
  "/api/live/here": shape(fc.record({ stream: token })),
  "/api/third/arrive": third(NOTHING),
  "/api/third/join": third(deviceSchema),
  "/api/visits/[appointmentId]/arrive": withToken(NOTHING, "patient"),
  "/api/visits/[appointmentId]/call-again": withToken(NOTHING, "practitioner"),
  "/api/visits/[appointmentId]/check": withToken(deviceCheckSchema, "patient"),
  "/api/visits/[appointmentId]/end": withToken(NOTHING, "practitioner"),
  "/api/visits/[appointmentId]/entry": withToken(entrySchema, "practitioner"),
  "/api/visits/[appointmentId]/join": withToken(deviceSchema, "patient"),
  "/api/visits/[appointmentId]/seats": withToken(NOTHING, "practitioner"),
  "/api/visits/[appointmentId]/start": withToken(startSchema, "practitioner"),
};

/** These of the `/api` doors take nothing of ours, or only what another package reads. */
export const SHAPELESS = /^\/api\/(auth|files|health)\//;
