import { LaunchError } from "../errors.mjs";
import { typescript } from "../install/prepared.mjs";
import { say, step } from "../terminal.mjs";
import { migrate, seed } from "./portal.mjs";
import { runSession } from "./session.mjs";
import { openSurroundings } from "./surroundings.mjs";

/** What must be typed to lose a production's data. */
const FORCE = "--delete-everything";

function show(/** @type {string[]} */ lines) {
  for (const line of lines) say(`  ${line}`);
}

/** `npm run db:migrate`: applies the migrations that are missing. */
export const migrateDatabase = () =>
  runSession({ shared: true }, async (session) => {
    const { database, env } = await openSurroundings(session);
    show(await migrate(session, env, database));
    say("  The database is up to date.");
  });

/** `npm run db:seed`: fills an empty demonstration with the invented clinic. */
export const seedDatabase = () =>
  runSession({ shared: true }, async (session) => {
    const { database, env } = await openSurroundings(session);
    await migrate(session, env, database);
    show(await seed(session, env));
  });

/** `npm run db:reset`: begins anew. A production's data are deleted only when that is asked for in full. @param {string[]} args */
export const resetDatabase = (args) =>
  runSession({}, async (session) => {
    const { configuration, group, logs } = session;
    const isDemonstration = configuration.mode === "demonstration";
    if (!isDemonstration && !args.includes(FORCE)) {
      throw new LaunchError(
        `This is production: every appointment and every patient would be gone. If that is what you want: npm run db:reset -- ${FORCE}`,
      );
    }
    const { database, env } = await openSurroundings(session);
    await step("Deleting everything", () =>
      group.run({
        name: "reset",
        args: typescript("prisma/reset.ts"),
        env: { ...env, ...database.urls },
        logs,
      }),
    );
    await step("Applying migrations", () => migrate(session, env, database));
    if (isDemonstration) show(await step("Filling the demonstration", () => seed(session, env)));
  });

/** `npm run db:new -- name`: writes the next migration. @param {string[]} args */
export const newMigration = (args) =>
  runSession({ shared: true, withDevelopment: true }, async ({ group, logs }) => {
    const spec = {
      name: "new-migration",
      args: typescript("prisma/new-migration.ts", ...args),
      env: process.env,
      logs,
    };
    show(await group.run(spec, { speaksForItself: true }));
  });
