import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Results never depend on the server's own zone: without one, and with odd offsets to each side. */
const ZONES = ["UTC", "Asia/Kathmandu", "America/St_Johns"];
/** Long, and of times alone: nothing new comes of it in one zone more. */
const IN_ZONES_ALONE = "lib/availability/rules/slots-oracle.test.ts";

/** Loading everything anew for each file would take longer than most of the tests. Unit tests keep nothing between files. */
const IN_ONE_PROCESS = { isolate: false } as const;

/** What a file puts in a module's place would stay there for the next. */
const REPLACING = readdirSync(join(root, "tests/integration"), { recursive: true, encoding: "utf8" })
  .map((path) => `tests/integration/${path.replaceAll("\\", "/")}`)
  .filter(
    (path) =>
      path.endsWith(".test.ts") && /\bvi\.(mock|doMock)\(/.test(readFileSync(join(root, path), "utf8")),
  );

const INTEGRATION = {
  globalSetup: ["tests/support/cluster.ts"],
  setupFiles: ["tests/support/own-database.ts"],
  hookTimeout: 60_000,
  maxWorkers: 2,
};

export default defineConfig({
  resolve: {
    alias: {
      "@/": root,
      // Not by the condition `react-server`, under which React has no hooks and next/navigation cannot be loaded.
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    setupFiles: ["tests/support/quiet.ts"],
    exclude: [...configDefaults.exclude, ".next/**", ".cache/**"],
    restoreMocks: true,
    // A laden machine is no failure: what hangs is found all the same.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          ...IN_ONE_PROCESS,
          include: ["{lib,components,prisma,app}/**/*.test.{ts,tsx}"],
          exclude: [IN_ZONES_ALONE],
        },
      },
      ...ZONES.map((TZ) => ({
        extends: true as const,
        test: {
          name: `unit in ${TZ}`,
          ...IN_ONE_PROCESS,
          include: ["lib/{time,availability,booking,calendar}/**/*.test.ts"],
          env: { TZ },
        },
      })),
      { extends: true, test: { name: "house", include: ["tests/architecture/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "integration",
          ...INTEGRATION,
          ...IN_ONE_PROCESS,
          include: ["tests/integration/**/*.test.ts"],
          exclude: REPLACING,
        },
      },
      {
        extends: true,
        test: { name: "integration with modules replaced", ...INTEGRATION, include: REPLACING },
      },
    ],
  },
});
