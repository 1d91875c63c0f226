import { Temporal } from "temporal-polyfill";
import { formatShortDate, formatTime } from "@/lib/time/format";
import { type Html, html } from "../html";
import type { MailAddress } from "../types";
import type { ReceivedMail } from "./types";

export const VIEWS = ["message", "text", "headers", "calendar"] as const;
export type MailView = (typeof VIEWS)[number];
export const isMailView = (value: unknown): value is MailView => VIEWS.some((view) => view === value);

const VIEW_NAMES: Record<MailView, string> = {
  message: "Message",
  text: "Plain text",
  headers: "Headers",
  calendar: "Calendar entry",
};

const EXCERPT_LENGTH = 120;

const nameOf = ({ name, address }: MailAddress) => (name ? `${name} <${address}>` : address);

/** The mailbox runs on its reader's own machine, so the machine's zone is the reader's. */
function momentOf(receivedAt: string): string {
  const instant = Temporal.Instant.from(receivedAt);
  const viewer = { locale: "en", timeZone: Temporal.Now.timeZoneId() };
  return `${formatShortDate(instant, viewer)}, ${formatTime(instant, viewer)}`;
}

/** Lines in the list; also what the script fetches after a change. */
export function renderList(mails: readonly ReceivedMail[], current: string | undefined): Html {
  if (mails.length === 0) {
    return html`<p class="empty"><strong>No mail yet</strong>What the portal sends appears here by itself.</p>`;
  }
  return html`<ul>${mails.map(
    (mail) => html`<li><a href="/messages/${mail.id}"${mail.id === current && html` aria-current="page"`}>
<span class="to">To ${mail.to.map((to) => to.address).join(", ")}</span><time datetime="${mail.receivedAt}">${momentOf(mail.receivedAt)}</time>
<span class="subject"${lang(mail)}>${mail.subject || "(no subject)"}</span>
<span class="excerpt"${lang(mail)}>${mail.text.replace(/\s+/g, " ").slice(0, EXCERPT_LENGTH)}</span>
</a></li>`,
  )}</ul>`;
}

const lang = ({ language }: ReceivedMail) => language !== null && html` lang="${language}"`;

/** The whole page: the list, and beside it the mail that is being read. */
export function renderPage(
  mails: readonly ReceivedMail[],
  reading?: { mail: ReceivedMail; view: MailView },
): Html {
  const title = reading ? `${reading.mail.subject} – Demonstration mailbox` : "Demonstration mailbox";
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/mailbox.css">
<script src="/mailbox.js" type="module"></script>
</head>
<body>
<aside class="banner" aria-label="Demonstration"><strong>Demonstration mailbox.</strong> Every mail that the portal sends on this machine ends here. Nothing leaves it.</aside>
<header class="bar"><h1>Mail</h1><span class="count"><span id="count">${mails.length}</span> in the box</span><button id="empty" type="button" hidden>Delete all</button></header>
<main${reading && html` class="reading"`}>
<nav class="list" id="list" aria-label="Mails" data-current="${reading?.mail.id ?? ""}" data-newest="${mails[0]?.id ?? ""}">${renderList(mails, reading?.mail.id)}</nav>
${reading ? renderMail(reading.mail, reading.view) : html`<p class="empty">Choose a mail to read it.</p>`}
</main>
<p id="live" class="live" role="status"></p>
</body>
</html>`;
}

function renderMail(mail: ReceivedMail, view: MailView): Html {
  const views = VIEWS.filter((each) => each !== "calendar" || mail.calendar);
  return html`<article class="mail" aria-labelledby="subject">
<div class="head">
<a class="back" href="/">All mails</a>
<h2 id="subject"${lang(mail)}>${mail.subject || "(no subject)"}</h2>
<dl><dt>From</dt><dd>${nameOf(mail.from)}</dd><dt>To</dt><dd>${mail.to.map(nameOf).join(", ")}</dd><dt>Received</dt><dd><time datetime="${mail.receivedAt}">${momentOf(mail.receivedAt)}</time></dd></dl>
<nav class="views" aria-label="Views of this mail">${views.map(
    (each) =>
      html`<a href="/messages/${mail.id}?view=${each}"${each === view && html` aria-current="page"`}>${VIEW_NAMES[each]}</a>`,
  )}</nav>
${
  mail.attachments.length > 0 &&
  html`<ul class="files" aria-label="Attachments">${mail.attachments.map(
    (file, index) =>
      html`<li><a href="/messages/${mail.id}/attachments/${index}" download>${file.filename} (${file.contentType}, ${file.sizeBytes} bytes)</a></li>`,
  )}</ul>`
}
</div>
${renderView(mail, view)}
</article>`;
}

function renderView(mail: ReceivedMail, view: MailView): Html {
  switch (view) {
    case "message":
      return mail.html === null
        ? renderText(mail)
        : html`<iframe src="/messages/${mail.id}/html" title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
    case "text":
      return renderText(mail);
    case "headers":
      return html`<dl class="headers">${Object.entries(mail.headers).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
    case "calendar":
      return html`<pre class="code">${mail.calendar?.content}</pre>`;
  }
}

/** Addresses become links, as mail programs make them. */
function renderText(mail: ReceivedMail): Html {
  const parts = mail.text.split(/(https?:\/\/[^\s<>"]+)/);
  return html`<pre${lang(mail)}>${parts.map((part, index) =>
    index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part,
  )}</pre>`;
}
