import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provisionDatabase } from "@/lib/launcher/postgres/roles.mjs";
import { openScratchCluster } from "@/lib/launcher/postgres/scratch.mjs";
import { applyMigrations, MIGRATIONS_DIRECTORY } from "./migrate";
import { differenceScript } from "./tools/difference";

/*
 * `npm run db:new -- add_time_off` writes the next migration: the difference between all migrations so far, applied to a throwaway
 * PostgreSQL, and prisma/schema. Read the SQL before committing it; add by hand what Prisma has no word for.
 */
const SCHEMA_DIRECTORY = fileURLToPath(new URL("./schema", import.meta.url));

const timestamp = () => new Date().toISOString().replace(/\D/g, "").slice(0, 14);

async function main(name: string | undefined): Promise<number> {
  if (!name || !/^[a-z][a-z0-9_]{0,60}$/.test(name)) {
    console.error(
      "Name the migration in small letters, digits and underscores: npm run db:new -- add_time_off",
    );
    return 1;
  }
  const cluster = await openScratchCluster();
  try {
    const { DATABASE_OWNER_URL } = await provisionDatabase(cluster, {
      owner: "scratch",
      application: "scratch",
    });
    await applyMigrations(DATABASE_OWNER_URL);
    const script = await differenceScript(DATABASE_OWNER_URL, SCHEMA_DIRECTORY);
    if (script === "") {
      console.log("The migrations say what the schema says; nothing was written.");
      return 0;
    }
    const directory = join(MIGRATIONS_DIRECTORY, `${timestamp()}_${name}`);
    mkdirSync(directory);
    const file = join(directory, "migration.sql");
    writeFileSync(file, `${script}\n`);
    console.log(`Wrote ${file}`);
    return 0;
  } finally {
    await cluster.stop();
  }
}

process.exitCode = await main(process.argv[2]);
