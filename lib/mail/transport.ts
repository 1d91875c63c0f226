import { createTransport } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool";
import { env, isLoopbackHost } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { classifyFailure, mailError, smtpFailure } from "./errors";
import { mailSender } from "./sender";
import type { Mail, MailAddress, Mailer, SendResult } from "./types";

export type MailerOptions = {
  /** `smtp://` or `smtps://`, with user and password if the server wants them. Its query is not read. */
  smtpUrl: string;
  from: MailAddress;
  /** How long to wait for a connection and for its greeting. */
  connectTimeoutMs?: number;
  /** How long the server may stay silent. */
  silenceTimeoutMs?: number;
  /** How long one mail may take in all; must stay below the outbox's lease. */
  deadlineMs?: number;
};

/** As many as one worker's lanes, so that no mail waits in here for a connection. */
const MAX_CONNECTIONS = 4;

/** One mailbox, with nothing in it that an address header or an envelope would read as more than that (RFC 5321 §4.1.2). */
const ADDRESS = /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}@[^\s"(),:;<>@[\\\]\p{Cc}]{1,190}$/u;
const MESSAGE_ID = /^[\w.+-]+@[\w.:[\]-]+$/;

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/**
 * Connects to the SMTP server when the first mail is sent and keeps the connections. Certificates are always checked, and a
 * server beyond this machine must offer TLS: mails carry personal links.
 */
export function createMailer(options: MailerOptions): Mailer {
  const { from, connectTimeoutMs = 10_000, silenceTimeoutMs = 20_000, deadlineMs = 40_000 } = options;
  const transport = createTransport(poolOptions(options.smtpUrl, connectTimeoutMs, silenceTimeoutMs));
  // A dropped idle connection would otherwise end the process; the next mail opens another.
  transport.on("error", () => undefined);

  return {
    async send(mail) {
      if (!ADDRESS.test(mail.to.address)) return { ok: false, error: mailError("bad_recipient") };
      const sending = transport.sendMail(message(mail, from)).then(
        (): SendResult => ({ ok: true }),
        (error: unknown): SendResult => failed(error),
      );
      return withDeadline(sending, deadlineMs);
    },
    close: () => transport.close(),
  };
}

function poolOptions(smtpUrl: string, connectTimeoutMs: number, silenceTimeoutMs: number) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  const onLoopback = isLoopbackHost(hostname);
  const pool: SMTPPool.Options & { maxRequeues: number } = {
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    maxMessages: 100,
    // Whether and when to try again is for the caller to say, who counts.
    maxRequeues: 0,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    // On this machine nobody listens in, and its mail server's certificate is rarely one for `localhost`.
    ignoreTLS: !secure && onLoopback,
    requireTLS: !secure && !onLoopback,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(username
      ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
      : undefined),
  };
  return pool;
}

function message(mail: Mail, from: MailAddress) {
  if (!MESSAGE_ID.test(mail.messageId)) throw new TypeError("a Message-ID is local@host, without brackets");
  const { calendar } = mail;
  return {
    from,
    to: { name: oneLine(mail.to.name), address: mail.to.address },
    envelope: { from: from.address, to: [mail.to.address] },
    subject: oneLine(mail.subject),
    messageId: `<${mail.messageId}>`,
    text: mail.text,
    html: mail.html,
    headers: {
      // Nobody's out-of-office notice shall answer a machine (RFC 3834 §5; the second is Exchange's).
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...Object.fromEntries(
        Object.entries(mail.headers ?? {}).map(([name, value]) => [name, oneLine(value)]),
      ),
    },
    // Twice, as mail programs want it: an alternative part that they read, and a file that people can open.
    ...(calendar
      ? { icalEvent: { method: calendar.method, filename: "visit.ics", content: calendar.content } }
      : undefined),
  };
}

/** A sending that outlives its deadline may still succeed; nobody waits to see it. */
async function withDeadline(sending: Promise<SendResult>, deadlineMs: number): Promise<SendResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, error: mailError("interrupted") }), deadlineMs);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(error: unknown): SendResult {
  const { code, command, responseCode } = smtpFailure(error);
  const classified = classifyFailure(error);
  logger().warn({ kind: classified.kind, code, command, responseCode }, "mail: not sent");
  return { ok: false, error: classified };
}

let mailer: Mailer | undefined;

/**
 * Hands one mail to the server at `SMTP_URL`. Never throws for what a server or a network does.
 *
 * @returns `ok` once the server has taken the mail, else why not and whether to try again
 */
export function sendMail(mail: Mail): Promise<SendResult> {
  mailer ??= createMailer({ smtpUrl: env().SMTP_URL, from: mailSender() });
  return mailer.send(mail);
}

/** Closes the kept connections, for processes and tests that end. */
export function closeMail(): void {
  mailer?.close();
  mailer = undefined;
}
