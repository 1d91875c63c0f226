import { randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** A new row id: UUID version 7 (RFC 9562 §5.7), so that ids of one table sort by their time of birth. */
export const newId = (): string => v7();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a canonical lower-case UUID. Ask before a query: PostgreSQL answers anything else with an error, not with "none". */
export const isId = (value: unknown): value is string => typeof value === "string" && UUID.test(value);

/** A 256-bit secret as 43 base64url characters, for personal links. Only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** An unguessable TrueConf conference id: 128 random bits as 32 lower-case hex digits (`trueconf-api.md` §2.1, §5.2). */
export const newConferenceId = (): string => randomBytes(16).toString("hex");
