import { afterAll, inject, vi } from "vitest";
import { createTestDatabase } from "./database";
import { TEST_ENV } from "./env";

/*
 * Every integration test file has a migrated database of its own and a whole configuration, both before any module of the
 * portal is evaluated. The application's role is the one that the portal has in earnest. A process runs many files, so that packages are
 * loaded once; the portal's own modules, which remember things, are new for each, and so are the variables and what stands on `globalThis`.
 */
vi.resetModules();
for (const name of Object.keys(globalThis))
  if (name.startsWith("__portal")) Reflect.deleteProperty(globalThis, name);
const before = { ...process.env };
const database = await createTestDatabase(inject("server"));
const { DATABASE_URL, DATABASE_OWNER_URL } = database;
Object.assign(process.env, TEST_ENV, { DATABASE_URL, DATABASE_OWNER_URL });

afterAll(async () => {
  try {
    const { closeDb } = await import("@/lib/db/client");
    await closeDb();
    if ("__portalEvents" in globalThis) {
      const { closeEvents } = await import("@/lib/events/listen");
      await closeEvents();
    }
    await database.drop();
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  }
});
