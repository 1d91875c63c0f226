import { runBenches } from "../testing/bench.mjs";
import { migrateDatabase, newMigration, resetDatabase, seedDatabase } from "./database.mjs";
import {
  applyRetention,
  createAdministrator,
  handOverErased,
  handOverRecord,
  resetAdministrator,
  rotateKeys,
  runSandbox,
  runWorker,
  verifyAudit,
} from "./parts.mjs";

/** @type {Readonly<Record<string, (args: string[]) => Promise<void>>>} */
export const COMMANDS = {
  bench: runBenches,
  worker: runWorker,
  sandbox: runSandbox,
  "admin:create": createAdministrator,
  "admin:reset": resetAdministrator,
  "audit:verify": verifyAudit,
  "keys:rotate": rotateKeys,
  retention: applyRetention,
  erased: handOverErased,
  record: handOverRecord,
  "db:new": newMigration,
  "db:migrate": migrateDatabase,
  "db:seed": seedDatabase,
  "db:reset": resetDatabase,
};
