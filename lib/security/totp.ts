import { Secret, TOTP } from "otpauth";
import type { Temporal } from "temporal-polyfill";

/*
 * Codes of an authenticator app (RFC 6238), with the parameters that every app understands: SHA-1, six digits, steps of 30 seconds.
 */

const STEP_SECONDS = 30;
const PARAMETERS = { algorithm: "SHA1", digits: 6, period: STEP_SECONDS } as const;

/** How far a phone's clock may be off, in steps to either side. */
const DRIFT_STEPS = 1;

/** A new secret: 160 bits (RFC 4226 §4), in base32 as apps and people read it. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that an app reads from a QR code. */
export const totpUri = (secret: string, { issuer, label }: { issuer: string; label: string }): string =>
  new TOTP({ ...PARAMETERS, issuer, label, secret: Secret.fromBase32(secret) }).toString();

/** The code that an app shows at this time. */
export const totpCode = (secret: string, now: Temporal.Instant): string =>
  TOTP.generate({ ...PARAMETERS, secret: Secret.fromBase32(secret), timestamp: now.epochMilliseconds });

/**
 * The step whose code this is, if it is of now or of a step beside it. Whether that step's code was taken before, the caller knows.
 *
 * @returns steps since 1970, or `undefined` for a code that is of none of them
 */
export function stepOfCode(secret: string, code: string, now: Temporal.Instant): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const timestamp = now.epochMilliseconds;
  const delta = TOTP.validate({
    ...PARAMETERS,
    secret: Secret.fromBase32(secret),
    token: code,
    timestamp,
    window: DRIFT_STEPS,
  });
  return delta === null ? undefined : TOTP.counter({ period: STEP_SECONDS, timestamp }) + delta;
}
