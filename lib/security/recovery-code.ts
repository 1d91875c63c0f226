import { randomBytes } from "node:crypto";

/** Digits and letters without those that are taken for one another (Crockford's base 32): five bits each. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 10;

/** A new recovery code as it is shown, `abcde-fghjk`: 50 random bits. Only its argon2id hash is stored. */
export function newRecoveryCode(): string {
  const code = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join("");
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** A code as somebody typed it, in the form that is hashed; `undefined` for what cannot be one. */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined;
}
