import {
  PrismaClientKnownRequestError,
  PrismaClientUnknownRequestError,
  PrismaClientValidationError,
} from "@prisma/client/runtime/client";
import pg from "pg";
import pino from "pino";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loggerOptions, serializeError } from "./logger";

const MARK = "Namemark Beispiel";

const thrownBy = (body: () => unknown): unknown => {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

/** As node-postgres makes it of what the server says: the row stands in the message and in the detail. */
function databaseError(): Error {
  const error = new pg.DatabaseError(`invalid input syntax for type uuid: "${MARK}"`, 1, "error");
  return Object.assign(error, { code: "22P02", detail: `Failing row contains (${MARK}).`, hint: MARK });
}

const clientVersion = "7";
const database = `Database error. Message: \`Key (email)=(${MARK}) already exists.\``;

describe("a log line", () => {
  it.each<[string, unknown]>([
    ["a database's error", databaseError()],
    [
      "a known error of Prisma's",
      new PrismaClientKnownRequestError(database, { code: "P2002", clientVersion }),
    ],
    ["an unknown one", new PrismaClientUnknownRequestError(database, { clientVersion })],
    [
      "a question that Prisma does not understand",
      new PrismaClientValidationError(`Argument \`id\`: ${MARK}`, { clientVersion }),
    ],
    ["a driver's", Object.assign(new Error(database), { name: "DriverAdapterError" })],
    ["a cause", new Error("The portal failed", { cause: databaseError() })],
    ["the parts of several", new AggregateError([databaseError(), new Error(MARK)], "several failed")],
    ["what stands on it", Object.assign(new Error("failed"), { meta: { email: MARK }, input: MARK })],
    ["a text that is no JSON", thrownBy(() => JSON.parse(`"${MARK}`))],
    ["a text that is none at all", thrownBy(() => JSON.parse(MARK))],
    ["a day that is none", thrownBy(() => Temporal.PlainDate.from(MARK))],
    [
      "a field of a form",
      thrownBy(() => z.object({ kind: z.literal("a") }).parse({ kind: MARK, [MARK]: 1 })),
    ],
    ["lines that look like a place", Object.assign(databaseError(), { message: `first\n    at ${MARK}` })],
    ["whatever is thrown that is no error", MARK],
  ])("says nothing of a person where %s does", (_, error) => {
    expect(JSON.stringify(serializeError(error))).not.toContain("Namemark");
  });

  it("says what it is, and where", () => {
    expect(serializeError(databaseError())).toMatchObject({
      type: "error",
      code: "22P02",
      message: undefined,
    });
    const { message, stack } = serializeError(new Error("the queue is closed"));
    expect(message).toBe("the queue is closed");
    expect(stack).toContain("logger.test.ts");
  });
});

/** What stands in the log after something was said to it. */
function logged(say: (logger: pino.Logger) => void): string {
  let text = "";
  say(pino(loggerOptions("info"), { write: (line: string) => (text += line) }));
  return text;
}

describe("a line of the log", () => {
  it("is one object with its time in UTC, whatever stands in it", () => {
    const forged = 'a"}\n{"level":30,"time":"2026-01-01T00:00:00.000Z","msg":"forged"}\r\n\u2028\u001b[2J';
    const text = logged((logger) => logger.info({ door: forged }, forged));
    expect(text.split("\n")).toEqual([text.trimEnd(), ""]);
    expect(text).not.toContain("\u001b");
    const line = JSON.parse(text);
    expect(Object.keys(line)).toEqual(["level", "time", "door", "msg"]);
    expect(line).toMatchObject({ door: forged, msg: forged });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("has no names, addresses or tokens, and of a database's error no rows", () => {
    const quoting = Object.assign(new Error("Key (email)=(paula@patient.example) exists"), { code: "23505" });
    const text = logged((logger) => {
      logger.info(
        { user: { name: "Paula Beispiel", email: "paula@patient.example" }, token: "t0ken" },
        "said",
      );
      logger.error({ err: quoting }, "failed");
    });
    for (const secret of ["Paula", "paula@", "t0ken"]) expect(text).not.toContain(secret);
    expect(text).toContain('"code":"23505"');
  });
});
