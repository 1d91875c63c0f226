import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noFaults } from "@/lib/mail/mailbox/smtp";
import { startMailbox } from "@/lib/mail/mailbox/start";
import type { Mailbox } from "@/lib/mail/mailbox/types";
import { createMailer, type MailerOptions } from "@/lib/mail/transport";
import type { Mail, SendResult } from "@/lib/mail/types";

const from = { name: "Example Clinic", address: "visits@clinic.example" };
const mail: Mail = {
  to: { name: "Paula Beispiel", address: "paula@patient.example" },
  subject: "A visit",
  text: "text",
  html: "<p>html</p>",
  messageId: "one@visits.example",
};

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await startMailbox();
});
beforeEach(async () => {
  Object.assign(mailbox.faults, noFaults());
  await mailbox.clear();
});
afterAll(() => mailbox.close());

async function send(change: Partial<Mail> = {}, options: Partial<MailerOptions> = {}): Promise<SendResult> {
  const mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from, ...options });
  try {
    return await mailer.send({ ...mail, ...change });
  } finally {
    mailer.close();
  }
}

const failure = (kind: string, retry: string) => ({ ok: false, error: { kind, retry } });

describe("sending by SMTP", () => {
  it("keeps one connection for several mails, at once or one after another", async () => {
    const mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from });
    const sent = await Promise.all(
      [1, 2, 3, 4].map((n) => mailer.send({ ...mail, messageId: `m${n}@x.example` })),
    );
    expect(sent).toEqual(Array(4).fill({ ok: true }));
    expect(await mailer.send(mail)).toEqual({ ok: true });
    mailer.close();
    expect(mailbox.messages()).toHaveLength(5);
  });

  it("tells an address that does not exist from a mail that is refused", async () => {
    mailbox.faults.unknownRecipients.add(mail.to.address);
    expect(await send()).toEqual(failure("bad_recipient", "never"));
    mailbox.faults.unknownRecipients.clear();
    mailbox.faults.refuseTimes = 1;
    expect(await send()).toEqual(failure("refused", "never"));
  });

  it("may try again when the server asks for it", async () => {
    mailbox.faults.busyTimes = 1;
    expect(await send()).toEqual(failure("busy", "safe"));
    expect(await send()).toEqual({ ok: true });
  });

  it("says when nobody answers, and nothing was handed over", async () => {
    const gone = await startMailbox();
    await gone.close();
    expect(await send({}, { smtpUrl: gone.smtpUrl })).toEqual(failure("unreachable", "safe"));
    expect(await send({}, { smtpUrl: "smtp://nowhere.invalid:2525" })).toEqual(
      failure("unreachable", "safe"),
    );
  });

  it("waits for a silent server only so long", async () => {
    mailbox.faults.hang = true;
    expect(await send({}, { silenceTimeoutMs: 200 })).toEqual(failure("interrupted", "safe"));
    expect(await send({}, { deadlineMs: 200 })).toEqual(failure("interrupted", "safe"));
  });

  it("does not know of a mail whose connection broke off whether it was taken", async () => {
    mailbox.faults.breakOffTimes = 1;
    expect(await send()).toEqual(failure("interrupted", "safe"));
    expect(await send()).toEqual({ ok: true });
    const ids = mailbox.messages().map((received) => received.headers["message-id"]);
    expect(ids).toEqual(["<one@visits.example>", "<one@visits.example>"]);
  });

  it("gives nobody words of a header or a second recipient", async () => {
    const typed = "Paula\r\nBcc: evil@example.org\r\n";
    expect(
      await send({
        to: { name: `${typed}, evil@example.org`, address: mail.to.address },
        subject: `A visit\r\nX-Evil: 1\u2028`,
        headers: { "X-Note": "a\r\nX-Evil: 2" },
      }),
    ).toEqual({ ok: true });
    const [received] = mailbox.messages();
    expect(received?.to.map((to) => to.address)).toEqual(["paula@patient.example"]);
    expect(received?.subject).toBe("A visit X-Evil: 1");
    expect(Object.keys(received?.headers ?? {})).not.toContain("x-evil");
    expect(Object.keys(received?.headers ?? {})).not.toContain("bcc");
  });

  it.each([
    "",
    "paula",
    "paula@a.example, evil@example.org",
    "paula@a.example\r\nRCPT TO:<evil@example.org>",
    '"evil@example.org x"@patient.example',
    "<paula@patient.example>",
    "paula@@patient.example",
    `${"p".repeat(65)}@patient.example`,
  ])("takes %j for no address, without asking the server", async (address) => {
    expect(await send({ to: { name: "", address } })).toEqual(failure("bad_recipient", "never"));
    expect(mailbox.messages()).toHaveLength(0);
  });
});

describe("a server beyond this machine", () => {
  let plain: Server;
  const seen: string[] = [];
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        plain = createServer((socket) => {
          socket.write("220 plain.example ESMTP\r\n");
          socket.on("error", () => undefined);
          socket.on("data", (data) => {
            const command = data.toString().slice(0, 4).toUpperCase();
            seen.push(command);
            socket.write(command === "EHLO" ? "250 plain.example\r\n" : "502 5.5.1 Not here\r\n");
          });
        }).listen(0, "0.0.0.0", resolve);
      }),
  );
  afterAll(() => plain.close());

  it("gets no mail without TLS", async () => {
    const address = plain.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    // 0.0.0.0 is this machine and yet no loopback name.
    expect(await send({}, { smtpUrl: `smtp://0.0.0.0:${port}?tls.rejectUnauthorized=false` })).toEqual(
      failure("insecure", "safe"),
    );
    expect(seen).not.toContain("MAIL");
  });
});
