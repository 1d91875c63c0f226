import type { MailError, MailErrorKind } from "./types";

const PERMANENT: ReadonlySet<MailErrorKind> = new Set(["bad_recipient", "refused"]);

export const mailError = (kind: MailErrorKind): MailError => ({
  kind,
  retry: PERMANENT.has(kind) ? "never" : "safe",
});

/** What nodemailer's errors carry beside their message, which may quote addresses and is never read or logged. */
type SmtpFailure = { code?: unknown; command?: unknown; responseCode?: unknown; syscall?: unknown };

export const smtpFailure = (error: unknown): SmtpFailure =>
  error !== null && typeof error === "object" ? error : {};

/**
 * Sorts a failed sending by what the server answered (RFC 5321 §4.2.1), else by how far the conversation had come. In doubt
 * it is `interrupted`.
 */
export function classifyFailure(error: unknown): MailError {
  const { code, command, responseCode, syscall } = smtpFailure(error);
  if (code === "EAUTH") return mailError("unauthorized");
  if (code === "ETLS" || code === "EREQUIRETLS") return mailError("insecure");
  if (typeof responseCode === "number" && responseCode >= 500) {
    return mailError(command === "RCPT TO" ? "bad_recipient" : "refused");
  }
  if (typeof responseCode === "number" && responseCode >= 400) return mailError("busy");
  // nodemailer found no address in what it was given, before any connection.
  if (code === "EENVELOPE" && command === "API") return mailError("bad_recipient");
  if (code === "EDNS" || syscall === "connect" || syscall === "getaddrinfo") return mailError("unreachable");
  return mailError("interrupted");
}
