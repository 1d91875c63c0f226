import { z } from "zod";
import { isTimeZone } from "./time-zone";

/**
 * The process's configuration: read from the environment once, by this module alone. Every bad value is named, and
 * the process stops before it has done anything (see `.env.example` for what each value means).
 */

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/** True for a host name that only this machine can reach. */
export const isLoopbackHost = (hostname: string): boolean =>
  LOOPBACK.has(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);

/** What the demonstration's own secrets begin with, so that production can refuse them. */
export const DEMO_SECRET_PREFIX = "demo-";

const blankIsUnset = (value: unknown) =>
  typeof value === "string" && value.trim() === "" ? undefined : value;
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess((given) => blankIsUnset(given) ?? value, schema);

/** Says so itself: zod would quote what is infinite. */
const wholeNumber = z.coerce.number("must be a whole number").int("must be a whole number");

const webUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    "must be an http or https address",
  )
  .refine(
    (value) => !URL.canParse(value) || new URL(value).search + new URL(value).hash === "",
    "must have no query and no fragment",
  )
  .transform((value) => value.replace(/\/+$/, ""));
const postgresUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
    "must be a postgresql:// address",
  );
const smtpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol),
    "must be an smtp:// or smtps:// address",
  );
/** Origins with a comma between them: no path, no wildcard, and https beyond this machine. */
const origins = z.string().transform((value, context) => {
  const found = value.split(",").map((part) => part.trim().replace(/\/$/, ""));
  const isOrigin = (part: string) =>
    URL.canParse(part) &&
    new URL(part).origin === part &&
    !part.includes("*") &&
    (part.startsWith("https:") || (part.startsWith("http:") && isLoopbackHost(new URL(part).hostname)));
  if (found.every(isOrigin)) return found;
  context.addIssue({ code: "custom", message: "must be https origins with a comma between them" });
  return z.NEVER;
});
/** A program with its arguments. No shell reads it; quotation marks keep what has spaces in it together. */
const command = z
  .string()
  .transform((value) => [...value.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word));
const secret = z.string().min(32, "must have at least 32 characters");

/** Compared with what the provider says of itself, letter for letter: a slash at its end stays. */
const issuer = z
  .string()
  .trim()
  .refine(
    (value) =>
      URL.canParse(value) &&
      /^https?:$/.test(new URL(value).protocol) &&
      new URL(value).search + new URL(value).hash === "",
    "must be an http or https address without query and fragment",
  );

const PROVIDED_ROLES = ["practitioner", "scheduler", "administrator"] as const;

/** `value=role` pairs: what the provider's claim says, and what it means here. */
const providedRoles = z.string().transform((value, context) =>
  value.split(",").flatMap((pair) => {
    const at = pair.lastIndexOf("=");
    const role = PROVIDED_ROLES.find((known) => known === pair.slice(at + 1).trim());
    const group = pair.slice(0, Math.max(at, 0)).trim();
    if (role && group) return [{ group, role }];
    context.addIssue({
      code: "custom",
      message: `must be value=role,… with a role of ${PROVIDED_ROLES.join(", ")}`,
    });
    return [];
  }),
);

/** `id:base64` pairs, the first of which seals; all of them open. */
const dataKeys = z.string().transform((value, context) => {
  const keys: { id: string; key: Uint8Array }[] = [];
  for (const pair of value.split(",")) {
    const [id = "", encoded = ""] = pair.trim().split(":");
    const key = Buffer.from(encoded, "base64");
    if (!/^[a-z0-9-]{1,32}$/.test(id) || key.length !== 32 || keys.some((other) => other.id === id)) {
      context.addIssue({
        code: "custom",
        message: "must be id:base64,… with unlike ids and keys of 32 bytes",
      });
      return z.NEVER;
    }
    keys.push({ id, key: new Uint8Array(key) });
  }
  return keys;
});

const schema = z.object({
  NODE_ENV: withDefault(z.enum(["development", "production", "test"]), "production"),
  PORTAL_MODE: withDefault(z.enum(["demonstration", "production"]), "production"),
  PORTAL_URL: withDefault(webUrl, "http://localhost:3000"),
  EMBED_ORIGINS: optional(origins),
  PORT: withDefault(wholeNumber.min(0).max(65535), "3000"),
  DATA_DIR: withDefault(z.string(), "./data"),
  AUDIT_SEAL_FILE: optional(z.string()),
  SCAN_COMMAND: optional(command),
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: optional(postgresUrl),
  EMBEDDED_DATABASE: withDefault(z.enum(["0", "1"]), "0"),
  AUTH_SECRET: secret,
  AUDIT_KEY: optional(secret),
  DATA_KEYS: dataKeys,
  TRUECONF_URL: webUrl,
  TRUECONF_WEB_ORIGIN: optional(webUrl),
  TRUECONF_CA_FILE: optional(z.string()),
  TRUECONF_CLIENT_ID: optional(z.string()),
  TRUECONF_CLIENT_SECRET: optional(z.string()),
  TRUECONF_SECRET_KEY: optional(z.string()),
  TRUECONF_OWNER: z.string().min(1).max(64),
  TRUECONF_GUEST_SEATS: optional(wholeNumber.min(0).max(100_000)),
  SMTP_URL: smtpUrl,
  MAIL_FROM: z.string().min(3),
  MAILBOX_URL: optional(webUrl),
  TRUSTED_PROXIES: withDefault(
    z.string().transform((value) =>
      value
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    ),
    "",
  ),
  OIDC_ISSUER: optional(issuer),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_NAME: optional(z.string().trim().max(60)),
  OIDC_SCOPE: withDefault(
    z.string().refine((value) => value.split(" ").includes("openid"), "must have openid in it"),
    "openid email profile",
  ),
  OIDC_ACR: optional(z.string().trim()),
  OIDC_ROLES_CLAIM: optional(z.string().trim()),
  OIDC_ROLES: optional(providedRoles),
  CLINIC_NAME: withDefault(z.string().min(1).max(120), "Example Clinic"),
  CLINIC_PHONE: optional(z.string().max(40)),
  CLINIC_TIME_ZONE: withDefault(
    z.string().refine(isTimeZone, "must be an IANA time zone, such as Europe/Berlin"),
    "Europe/Berlin",
  ),
  LOG_LEVEL: withDefault(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]), "info"),
});

type Parsed = z.output<typeof schema>;
export type Env = Omit<Parsed, "TRUECONF_WEB_ORIGIN" | "EMBED_ORIGINS"> & {
  TRUECONF_WEB_ORIGIN: string;
  EMBED_ORIGINS: readonly string[];
};

/** A configuration that cannot be used; `problems` has one line for each bad value, by name and without the value. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((line) => `  ${line}`).join("\n")}`);
    this.name = "EnvError";
  }
}

/**
 * Parses a configuration. `PORTAL_MODE=demonstration` is set by the launcher alone and demands that every
 * address is on this machine; production refuses the demonstration's secrets and plain http beyond loopback.
 *
 * @throws {EnvError} naming every bad value
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map((issue) => {
        const name = issue.path.join(".");
        return source[name]?.trim() ? `${name} ${issue.message}` : `${name} is missing`;
      }),
    );
  }
  const value = parsed.data;
  const problems: string[] = [];
  const onLoopback = (address: string) => isLoopbackHost(new URL(address).hostname);

  if (!value.TRUECONF_SECRET_KEY && !(value.TRUECONF_CLIENT_ID && value.TRUECONF_CLIENT_SECRET)) {
    problems.push("TRUECONF_CLIENT_ID and TRUECONF_CLIENT_SECRET are missing (or TRUECONF_SECRET_KEY)");
  }
  for (const together of [
    ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
    ["OIDC_ROLES_CLAIM", "OIDC_ROLES"],
  ] as const) {
    const missing = together.filter((name) => value[name] === undefined);
    if (missing.length > 0 && missing.length < together.length)
      problems.push(`${missing.join(" and ")} missing: ${together.join(", ")} go together`);
  }
  for (const name of ["PORTAL_URL", "TRUECONF_URL", "TRUECONF_WEB_ORIGIN", "OIDC_ISSUER"] as const) {
    const address = value[name];
    if (address?.startsWith("http:") && !onLoopback(address))
      problems.push(`${name} must be https beyond this machine`);
  }
  if (value.TRUECONF_WEB_ORIGIN && new URL(value.TRUECONF_WEB_ORIGIN).pathname !== "/") {
    problems.push("TRUECONF_WEB_ORIGIN must be an origin, without a path");
  }
  if (value.PORTAL_MODE === "demonstration") {
    for (const name of ["PORTAL_URL", "DATABASE_URL", "TRUECONF_URL", "SMTP_URL", "OIDC_ISSUER"] as const) {
      if (value[name] && !onLoopback(value[name]))
        problems.push(`${name} must be on this machine in the demonstration`);
    }
  } else {
    // The portal itself speaks http: something in front of it speaks https, and alone knows who asks.
    if (value.PORTAL_URL.startsWith("https:") && value.TRUSTED_PROXIES.length === 0)
      problems.push("TRUSTED_PROXIES is missing: the address of the proxy that speaks https for PORTAL_URL");
    for (const name of [
      "AUTH_SECRET",
      "AUDIT_KEY",
      "TRUECONF_CLIENT_SECRET",
      "TRUECONF_SECRET_KEY",
      "OIDC_CLIENT_SECRET",
    ] as const) {
      if (value[name]?.startsWith(DEMO_SECRET_PREFIX))
        problems.push(`${name} is the demonstration's; make your own`);
    }
    if (value.DATA_KEYS.some((key) => key.id.startsWith(DEMO_SECRET_PREFIX))) {
      problems.push("DATA_KEYS are the demonstration's; make your own");
    }
  }
  if (problems.length > 0) throw new EnvError(problems);
  return {
    ...value,
    TRUECONF_WEB_ORIGIN: value.TRUECONF_WEB_ORIGIN ?? new URL(value.TRUECONF_URL).origin,
    EMBED_ORIGINS: value.EMBED_ORIGINS ?? [],
  };
}

/** Every name that {@link parseEnv} reads, for the test that keeps `.env.example` complete. */
export const ENV_NAMES: readonly string[] = Object.keys(schema.shape);

let cached: Env | undefined;

/** This process's configuration, parsed at the first call. @throws {EnvError} */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
