import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startMailbox } from "@/lib/mail/mailbox/start";
import type { Mailbox, ReceivedMail } from "@/lib/mail/mailbox/types";
import { createMailer } from "@/lib/mail/transport";
import type { Mail } from "@/lib/mail/types";

const mail: Mail = {
  to: { name: "Паула", address: "paula@patient.example" },
  subject: "Вы записаны",
  text: "Приём: https://visits.example/v/abc",
  html: "<!doctype html><html><head><title>x</title></head><body><a href='https://visits.example'>x</a></body></html>",
  messageId: "one@visits.example",
  headers: { "Content-Language": "ru" },
  calendar: { method: "REQUEST", content: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n" },
};

const open: Mailbox[] = [];
async function openMailbox(options?: Parameters<typeof startMailbox>[0]) {
  const mailbox = await startMailbox(options);
  open.push(mailbox);
  return mailbox;
}

async function post(mailbox: Mailbox, ...mails: Mail[]) {
  const mailer = createMailer({
    smtpUrl: mailbox.smtpUrl,
    from: { name: "Клиника", address: "visits@clinic.example" },
  });
  for (const each of mails) expect(await mailer.send(each)).toEqual({ ok: true });
  mailer.close();
}

const getJson = async <T>(address: string): Promise<T> => (await (await fetch(address)).json()) as T;

describe("the demonstration mailbox", () => {
  afterEach(async () => {
    for (const mailbox of open.splice(0)) await mailbox.close();
  });

  it("receives by SMTP and tells tests by JSON", async () => {
    const mailbox = await openMailbox();
    await post(mailbox, mail, { ...mail, to: { name: "", address: "other@patient.example" } });
    const found = await getJson<ReceivedMail[]>(`${mailbox.url}/api/messages?to=PAULA@patient.example`);
    expect(found).toHaveLength(1);
    const received = await getJson<ReceivedMail>(`${mailbox.url}/api/messages/${found[0]?.id}`);
    expect(received).toMatchObject({
      from: { name: "Клиника", address: "visits@clinic.example" },
      to: [{ name: "Паула", address: "paula@patient.example" }],
      subject: "Вы записаны",
      language: "ru",
      text: mail.text,
      html: mail.html,
      calendar: mail.calendar,
      attachments: [{ filename: "visit.ics", contentType: "application/ics" }],
    });
    expect(received.headers["message-id"]).toBe("<one@visits.example>");
    expect(received.headers["auto-submitted"]).toBe("auto-generated");
    expect(Buffer.from(received.attachments[0]?.content ?? "", "base64").toString()).toBe(
      mail.calendar?.content,
    );

    expect((await fetch(`${mailbox.url}/api/messages`, { method: "DELETE" })).status).toBe(204);
    expect(await getJson(`${mailbox.url}/api/messages`)).toEqual([]);
  });

  it("shows a mail without letting it run, load or navigate anything", async () => {
    const mailbox = await openMailbox();
    await post(mailbox, { ...mail, subject: "<script>alert(1)</script>" });
    const [received] = mailbox.messages();
    const page = await (await fetch(`${mailbox.url}/messages/${received?.id}`)).text();
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toContain("<script>alert");
    expect(page).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);

    const body = await fetch(`${mailbox.url}/messages/${received?.id}/html`);
    const policy = body.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("sandbox allow-popups");
    expect(policy).not.toContain("allow-scripts");
    expect(await body.text()).toContain('<head><base target="_blank">');

    const file = await fetch(`${mailbox.url}/messages/${received?.id}/attachments/0`);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(await file.text()).toBe(mail.calendar?.content);
    for (const path of ["/messages/none", "/messages/none/html", `/messages/${received?.id}/attachments/9`]) {
      expect((await fetch(mailbox.url + path)).status, path).toBe(404);
    }
  });

  it("answers to this machine's names only", async () => {
    const mailbox = await openMailbox();
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(mailbox.url, { headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .once("error", reject)
          .end();
      });
    expect(await statusFor("evil.example")).toBe(421);
    expect(await statusFor(`localhost:${new URL(mailbox.url).port}`)).toBe(200);
  });

  it("tells open pages of a new mail at once", async () => {
    const mailbox = await openMailbox();
    const stream = await fetch(`${mailbox.url}/events`);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain("event: changed");
    await post(mailbox, mail);
    expect((await reader.read()).value).toContain("event: changed");
    await reader.cancel();
  });

  it("keeps its mails in a folder, for its owner's eyes only", async () => {
    const dir = mkdtempSync(join(tmpdir(), "mailbox-"));
    try {
      const first = await openMailbox({ dir });
      await post(first, mail, { ...mail, subject: "second" });
      await first.close();
      open.splice(0);
      const second = await openMailbox({ dir });
      expect(second.messages().map((received) => received.subject)).toEqual(["second", "Вы записаны"]);
      await second.clear();
      expect(readdirSync(dir)).toEqual([]);
      expect(existsSync(dir)).toBe(true);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("names a port that is taken", async () => {
    const { url, smtpUrl } = await openMailbox();
    await expect(startMailbox({ port: Number(new URL(url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await expect(startMailbox({ smtpPort: Number(new URL(smtpUrl).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
