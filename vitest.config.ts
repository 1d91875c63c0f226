import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Results never depend on the server's own zone: one far to each side, with odd offsets and dates of their own. */
const OTHER_ZONES = ["America/St_Johns", "Pacific/Chatham"];

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
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["{lib,components,prisma,app}/**/*.test.{ts,tsx}"] },
      },
      ...OTHER_ZONES.map((TZ) => ({
        extends: true as const,
        test: {
          name: `unit in ${TZ}`,
          include: ["lib/{time,availability,booking,calendar}/**/*.test.ts"],
          env: { TZ },
        },
      })),
      { extends: true, test: { name: "house", include: ["tests/architecture/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/support/cluster.ts"],
          setupFiles: ["tests/support/own-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
