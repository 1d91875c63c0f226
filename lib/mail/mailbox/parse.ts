import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from "mailparser";
import type { MailAddress } from "../types";
import type { ReceivedAttachment, ReceivedMail } from "./types";

/** Reads a mail's source. Nothing is fetched and nothing of its HTML is changed. */
export async function parseMail(source: Buffer, id: string, receivedAt: string): Promise<ReceivedMail> {
  const mail = await simpleParser(source, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  });
  // A reader of attachments takes the part without a disposition for one; it is the alternative for calendars.
  const calendar = mail.attachments.find((part) => part.contentType === "text/calendar");
  const headers = readHeaders(mail);
  return {
    id,
    receivedAt,
    from: addressesOf(mail.from)[0] ?? { name: "", address: "" },
    to: addressesOf(mail.to),
    subject: mail.subject ?? "",
    language: headers["content-language"] ?? null,
    text: mail.text ?? "",
    html: mail.html || null,
    headers,
    attachments: mail.attachments.filter((part) => part !== calendar).map(readAttachment),
    calendar: calendar ? { method: methodOf(calendar), content: calendar.content.toString("utf8") } : null,
  };
}

const addressesOf = (field: AddressObject | AddressObject[] | undefined): MailAddress[] =>
  (field === undefined ? [] : [field].flat())
    .flatMap((object) => object.value)
    .map(({ name, address = "" }) => ({ name, address }));

function readHeaders(mail: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(":") + 1)
      .replace(/\r?\n(?=[ \t])/g, "")
      .trim();
    headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  }
  return headers;
}

const readAttachment = (part: Attachment): ReceivedAttachment => ({
  filename: part.filename ?? "attachment",
  contentType: part.contentType,
  sizeBytes: part.size,
  content: part.content.toString("base64"),
});

function methodOf(part: Attachment): string | null {
  const type: unknown = part.headers.get("content-type");
  const parameters = type !== null && typeof type === "object" && "params" in type ? type.params : undefined;
  const method =
    parameters !== null && typeof parameters === "object" && "method" in parameters
      ? parameters.method
      : undefined;
  return typeof method === "string" ? method : null;
}
