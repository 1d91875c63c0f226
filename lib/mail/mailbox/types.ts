import type { MailAddress } from "../types";

/** A mail as the mailbox received it; also what its JSON answers hold. */
export type ReceivedMail = {
  id: string;
  /** RFC 3339, UTC. */
  receivedAt: string;
  from: MailAddress;
  to: MailAddress[];
  subject: string;
  /** BCP 47 tag out of `Content-Language`; none if the mail has none. */
  language: string | null;
  text: string;
  html: string | null;
  /** Lower-case name → value, unfolded but not decoded; of several of one name all, each on a line. */
  headers: Record<string, string>;
  attachments: ReceivedAttachment[];
  /** The alternative part that mail programs read. */
  calendar: { method: string | null; content: string } | null;
};

export type ReceivedAttachment = {
  filename: string;
  contentType: string;
  sizeBytes: number;
  /** base64 */
  content: string;
};

/** How the mailbox's SMTP server misbehaves, for tests; may be changed at any time. */
export type MailboxFaults = {
  /** These recipients do not exist: 550 to RCPT. */
  unknownRecipients: Set<string>;
  /** Answers 451 to this many mails, counting down. */
  busyTimes: number;
  /** Answers 554 to this many mails, counting down. */
  refuseTimes: number;
  /** Takes this many mails and breaks the connection off before saying so, counting down. */
  breakOffTimes: number;
  /** Never answers after a mail's last line. */
  hang: boolean;
};

export type MailboxOptions = {
  /** Ports on 127.0.0.1; 0 takes any. */
  port?: number;
  smtpPort?: number;
  /** Where mails are kept as files, so that they outlive the process. */
  dir?: string;
};

export type Mailbox = {
  url: string;
  smtpUrl: string;
  faults: MailboxFaults;
  /** Newest first. */
  messages(): readonly ReceivedMail[];
  clear(): Promise<void>;
  close(): Promise<void>;
};
