import { defineConfig } from "prisma/config";

/** For Prisma's own tools. The portal applies migrations with `prisma/migrate.ts`, so no database is named here. */
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
