import { Prisma } from "./generated/client";

/** What the database said when it refused a statement, with its SQLSTATE. */
export type DatabaseRefusal = { code: string; constraint: string | undefined };

type AdapterCause = {
  originalCode?: unknown;
  originalMessage?: unknown;
  constraint?: { index?: unknown };
};

/**
 * Reads a database's refusal out of Prisma's error. An exclusion violation arrives as P2039 (P2010 from raw SQL) with the
 * original code 23P01 and the constraint's name only inside the message, quoted in the server's own language.
 */
export function databaseRefusal(error: unknown): DatabaseRefusal | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const adapterError = error.meta?.driverAdapterError as { cause?: AdapterCause } | undefined;
  const cause = adapterError?.cause;
  // P2034: Prisma's own word for a serialisation failure or a deadlock.
  if (!cause) return error.code === "P2034" ? { code: "40001", constraint: undefined } : undefined;
  const code = typeof cause.originalCode === "string" ? cause.originalCode : error.code;
  if (typeof cause.constraint?.index === "string") return { code, constraint: cause.constraint.index };
  const message = typeof cause.originalMessage === "string" ? cause.originalMessage : "";
  const names = message.match(/[a-z_]+_(?:excl|check|key|fkey|pkey)\b/g);
  return { code, constraint: names?.at(-1) };
}

/** True for 40001 and 40P01: the transaction lost a race that it may win when it runs again. */
export const isRetryable = (error: unknown): boolean => {
  const code = databaseRefusal(error)?.code;
  return code === "40001" || code === "40P01";
};
