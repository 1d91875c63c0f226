import pg from "pg";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Prisma } from "@/lib/db/generated/client";
import { serializeError } from "./logger";

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
      new Prisma.PrismaClientKnownRequestError(database, { code: "P2002", clientVersion }),
    ],
    ["an unknown one", new Prisma.PrismaClientUnknownRequestError(database, { clientVersion })],
    [
      "a question that Prisma does not understand",
      new Prisma.PrismaClientValidationError(`Argument \`id\`: ${MARK}`, { clientVersion }),
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
