/** A mailbox with the name that stands before it. */
export type MailAddress = { name: string; address: string };

export type Mail = {
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  /** Message-ID without angle brackets; the same at every attempt, so that a mail sent twice is seen as one. */
  messageId: string;
  headers?: Readonly<Record<string, string>>;
  /** An entry for the calendar, with its iTIP method (RFC 6047 §2.4). */
  calendar?: { method: "REQUEST" | "PUBLISH" | "CANCEL"; content: string };
};

/**
 * Why a mail did not go out.
 *
 * - `unreachable`: nobody answered at the server's address; nothing was handed over
 * - `insecure`: the server offers no TLS, or a certificate that is not trusted
 * - `unauthorized`: the server does not accept our credentials
 * - `busy`: the server asks to come back (4xx)
 * - `interrupted`: the conversation broke off; the mail may have been taken
 * - `bad_recipient`: the server does not take mail for this address, or it is no address
 * - `refused`: the server does not take this mail (5xx)
 */
export type MailErrorKind =
  | "unreachable"
  | "insecure"
  | "unauthorized"
  | "busy"
  | "interrupted"
  | "bad_recipient"
  | "refused";

export type MailError = {
  kind: MailErrorKind;
  /** Whether trying again may help. It is always safe: the Message-ID stays the same. */
  retry: "safe" | "never";
};

export type SendResult = { ok: true } | { ok: false; error: MailError };

export type Mailer = {
  send(mail: Mail): Promise<SendResult>;
  /** Ends idle connections; mails on their way are finished first. */
  close(): void;
};
