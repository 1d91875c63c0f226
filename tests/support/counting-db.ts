import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import { PrismaClient } from "@/lib/db/generated/client";

/** How many statements some reading sends to the database. */
export async function countStatements(read: (db: Db) => Promise<unknown>): Promise<number> {
  const client = new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: 1 }),
    log: [{ emit: "event", level: "query" }],
  });
  let statements = 0;
  client.$on("query", () => {
    statements += 1;
  });
  try {
    await read(client);
  } finally {
    await client.$disconnect();
  }
  return statements;
}
