import { hash, verify } from "@node-rs/argon2";

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane. argon2id is the library's default. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password into PHC form. Composed and decomposed letters count as the same password. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize("NFKC"), PARAMETERS);

let decoy: Promise<string> | undefined;

/**
 * True when the password fits the hash. Without a hash it spends the same time and answers false, so that the answer's
 * delay does not tell which addresses are known.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this password");
  const fits = await verify(passwordHash ?? (await decoy), password.normalize("NFKC"));
  return passwordHash !== null && fits;
}
