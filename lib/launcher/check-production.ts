import pg from "pg";
import { EnvError, env } from "@/lib/core/env";
import { trueconf } from "@/lib/trueconf/client";
import type { TrueConfErrorKind } from "@/lib/trueconf/errors";
import type { ServerCheck } from "@/lib/trueconf/types";

/*
 * What production must have before anything is migrated or started. What is wrong for good ends the start and is named on standard
 * error; what may pass by itself, or can wait, is a line on standard output.
 */
const MINIMUM_POSTGRES = 15;

/** The setting that the seed leaves behind. */
const DEMONSTRATION_SETTING = "demonstration";

/** A TrueConf that is down must not keep the portal down: booking goes on without it, and the conference follows. */
const PASSING: readonly TrueConfErrorKind[] = ["unreachable", "timeout", "server_error", "circuit_open"];

type Findings = { problems: string[]; warnings: string[] };

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const reasonOf = (error: unknown) => {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message].filter(Boolean).join(": ") || "no answer";
};

async function checkOwner(url: string): Promise<string[]> {
  const [server] = await ask<{ version: number; seedable: boolean }>(
    url,
    `SELECT current_setting('server_version_num')::int / 10000 AS version, to_regclass('public.setting') IS NOT NULL AS seedable`,
  );
  const problems: string[] = [];
  if (server && server.version < MINIMUM_POSTGRES)
    problems.push(`PostgreSQL ${server.version} is too old; the portal needs ${MINIMUM_POSTGRES} or newer`);
  const marker = `SELECT key FROM public.setting WHERE key = '${DEMONSTRATION_SETTING}'`;
  if (server?.seedable && (await ask(url, marker)).length > 0)
    problems.push(
      "the database holds the demonstration's invented people; give production a database of its own",
    );
  return problems;
}

async function checkApplication(url: string): Promise<string[]> {
  const [session] = await ask<{ zone: string; role: string }>(
    url,
    "SELECT current_setting('TimeZone') AS zone, quote_ident(current_user) AS role",
  );
  // The database adapter takes an instant's clock digits for UTC, whatever zone the session has.
  if (!session || /^(Etc\/)?UTC$/i.test(session.zone)) return [];
  return [
    `DATABASE_URL's sessions are in the zone ${session.zone}; run: ALTER ROLE ${session.role} SET timezone TO 'UTC'`,
  ];
}

async function checkDatabases(): Promise<string[]> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = env();
  if (!DATABASE_OWNER_URL) return ["DATABASE_OWNER_URL is missing"];
  const checks = {
    DATABASE_OWNER_URL: checkOwner(DATABASE_OWNER_URL),
    DATABASE_URL: checkApplication(DATABASE_URL),
  };
  const found = await Promise.all(
    Object.entries(checks).map(([name, check]) =>
      check.catch((error: unknown) => [`${name} cannot be used (${reasonOf(error)})`]),
    ),
  );
  return found.flat();
}

const MEANINGS: Record<Exclude<ServerCheck["name"], "clock">, () => string> = {
  connection: () =>
    "TRUECONF_URL is not the address of a TrueConf that this machine trusts (TRUECONF_CA_FILE: the clinic's own authority)",
  token: () =>
    "TrueConf does not accept TRUECONF_CLIENT_ID and TRUECONF_CLIENT_SECRET (or TRUECONF_SECRET_KEY)",
  owner: () => `TrueConf has no account ${env().TRUECONF_OWNER} (TRUECONF_OWNER), or may not tell`,
  guests: () =>
    "TrueConf does not let a conference with guests be made: allow guests, and the scopes named in the README",
  web_client: () => `TrueConf names no web client at ${env().TRUECONF_WEB_ORIGIN} (TRUECONF_WEB_ORIGIN)`,
};

async function checkTrueConf({ problems, warnings }: Findings): Promise<void> {
  const checks = await trueconf().checkServer(env().TRUECONF_OWNER);
  const lacksOwner = checks.some(({ name, ok }) => name === "owner" && !ok);
  for (const { name, ok, kind, skewSeconds = 0 } of checks) {
    // Without its owner no conference can be made either.
    if (ok || (name === "guests" && lacksOwner)) continue;
    if (name === "clock") {
      const off = `${Math.abs(skewSeconds)} s ${skewSeconds > 0 ? "ahead of" : "behind"}`;
      warnings.push(
        `TrueConf's clock is ${off} this machine's. Visits go on, but TrueConf begins conferences by its own clock: set both by NTP.`,
      );
    } else if (kind && PASSING.includes(kind)) {
      warnings.push(
        `TrueConf at TRUECONF_URL cannot be checked now (${name}: ${kind}). Visits get their video link once it answers.`,
      );
    } else {
      problems.push(`${MEANINGS[name]()}${kind ? ` (${kind})` : ""}`);
    }
  }
}

/** Nothing is wrong before `AUTH_SECRET` is changed, and everything after that. */
const checkAuditKey = (): string[] =>
  env().AUDIT_KEY
    ? []
    : [
        "AUDIT_KEY is not set: the audit trail's key comes from AUTH_SECRET, which can therefore not be changed. Set AUDIT_KEY to the AUTH_SECRET of now (README, step 5).",
      ];

async function main(): Promise<number> {
  const findings: Findings = { problems: await checkDatabases(), warnings: checkAuditKey() };
  await checkTrueConf(findings);
  for (const line of findings.warnings) console.log(line);
  if (findings.problems.length === 0) return 0;
  console.error(`The portal does not start:\n${findings.problems.map((line) => `  ${line}`).join("\n")}`);
  return 1;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  return 1;
});
