import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/core/env";
import { type Prisma, PrismaClient } from "./generated/client";

/** A connection that may be inside a transaction or not: what reads take. */
export type Db = Prisma.TransactionClient;

declare const transactional: unique symbol;
/** A connection inside a transaction, made by `transaction` alone: what a function takes that must not stand alone. */
export type Tx = Prisma.TransactionClient & { readonly [transactional]: true };

// A development server evaluates this module again at every change; one pool must outlive that.
const holder = globalThis as { __portalDb?: PrismaClient };

/** The process's database client, as the application role. A function, because a build imports modules without a database. */
export function db(): PrismaClient {
  holder.__portalDb ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: 12 }),
    // The long form of an error quotes the values of the query.
    errorFormat: "minimal",
    // A claim waits for its practitioner's lock; under a rush for one time that queue is longer than Prisma's two seconds.
    transactionOptions: { maxWait: 15_000, timeout: 20_000 },
  });
  return holder.__portalDb;
}

/** Closes the pool, for processes and tests that end. */
export async function closeDb(): Promise<void> {
  await holder.__portalDb?.$disconnect();
  holder.__portalDb = undefined;
}
