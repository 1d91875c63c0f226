import type { Block, Fact, Letterhead, MailContent } from "./content";
import { Html, html } from "./html";

/*
 * Mail programs drop style sheets, so the light colours stand in every element; those that keep the sheet and know dark mode
 * (Apple's, Outlook's on phones) turn them by class. No image, font or style is loaded from anywhere: nobody learns when a mail
 * was opened.
 */
const LIGHT = {
  canvas: "#f5f8f8",
  surface: "#ffffff",
  ink: "#12211f",
  muted: "#4c5e5c",
  line: "#d3dcda",
  accent: "#0c6662",
  onAccent: "#ffffff",
} as const;

const DARK_SHEET = new Html(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: #0d1516 !important; }
  .surface { background-color: #141e1f !important; border-color: #2c3a3b !important; }
  .line { border-color: #2c3a3b !important; }
  .ink { color: #e7efee !important; }
  .muted { color: #a3b4b1 !important; }
  .link { color: #5cc8bd !important; }
  .button { background-color: #5cc8bd !important; color: #04211f !important; }
}
@media (max-width: 479px) {
  .page { padding: 0 !important; }
  .surface { border-width: 0 0 1px !important; border-radius: 0 !important; padding: 24px 20px !important; }
  .button { display: block !important; text-align: center !important; }
}
`);

const FONT = "font-family: -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const TEXT = `margin: 0 0 16px; font-size: 16px; line-height: 24px; color: ${LIGHT.ink}`;
const SMALL = `font-size: 14px; line-height: 20px; color: ${LIGHT.muted}`;

/** Fills what a list of mails shows after the preheader, or it would quote the title again. */
const FILLER = new Html("&#847; &zwnj; &nbsp; ".repeat(40));

/** The HTML body: one column, light and dark, with every value escaped. */
export function renderHtml(content: MailContent, letterhead: Letterhead): string {
  const { locale, direction, subject, preheader, title, blocks } = content;
  return html`<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${subject}</title>
<style>${DARK_SHEET}</style>
</head>
<body class="canvas" style="margin: 0; padding: 0; background-color: ${LIGHT.canvas}; -webkit-text-size-adjust: 100%">
<div style="display: none; max-height: 0; overflow: hidden">${preheader} ${FILLER}</div>
<table role="presentation" class="canvas" lang="${locale}" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color: ${LIGHT.canvas}">
<tr><td class="page" align="center" style="padding: 24px 12px; ${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width: 600px">
<tr><td class="surface" style="padding: 32px; background-color: ${LIGHT.surface}; border: 1px solid ${LIGHT.line}; border-radius: 8px; ${FONT}">
<p class="link" style="margin: 0 0 24px; font-size: 16px; line-height: 24px; font-weight: 600; color: ${LIGHT.accent}">${letterhead.clinicName}</p>
<h1 class="ink" style="margin: 0 0 16px; font-size: 24px; line-height: 30px; font-weight: 650; color: ${LIGHT.ink}">${title}</h1>
${blocks.map(renderBlock)}
</td></tr>
<tr><td style="padding: 20px 20px 32px; ${FONT}">${renderFoot(letterhead)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.toString();
}

function renderBlock(block: Block): Html {
  switch (block.kind) {
    case "heading":
      return html`<h2 class="ink" style="margin: 28px 0 8px; font-size: 18px; line-height: 26px; font-weight: 650; color: ${LIGHT.ink}">${block.text}</h2>
`;
    case "paragraph":
      return html`<p class="ink" style="${TEXT}">${block.text}</p>
`;
    case "note":
      return html`<p class="muted" style="margin: 0 0 16px; ${SMALL}">${block.text}</p>
`;
    case "list":
      return html`<ul style="margin: 0 0 16px; padding: 0; padding-inline-start: 20px">
${block.items.map((item) => html`<li class="ink" style="${TEXT}; margin-bottom: 6px">${item}</li>`)}
</ul>
`;
    case "facts":
      return html`<dl class="line" style="margin: 0 0 24px; border-top: 1px solid ${LIGHT.line}">
${block.facts.map(renderFact)}</dl>
`;
    case "button":
      return html`<p style="margin: 24px 0 12px"><a class="button" href="${block.url}" style="display: inline-block; padding: 14px 24px; border-radius: 8px; background-color: ${LIGHT.accent}; color: ${LIGHT.onAccent}; font-size: 16px; line-height: 20px; font-weight: 600; text-decoration: none">${block.label}</a></p>
<p class="muted" style="margin: 0 0 24px; ${SMALL}">${block.otherwise}<br><a class="link" href="${block.url}" style="color: ${LIGHT.accent}; word-break: break-all">${block.url}</a></p>
`;
  }
}

const renderFact = ({ label, value, details = [] }: Fact): Html =>
  html`<div class="line" style="padding: 10px 0; border-bottom: 1px solid ${LIGHT.line}">
<dt class="muted" style="${SMALL}">${label}</dt>
<dd class="ink" style="margin: 0; font-size: 16px; line-height: 24px; font-weight: 600; color: ${LIGHT.ink}">${value}${details.map(
    (detail) => html`<br><span class="muted" style="${SMALL}; font-weight: 400">${detail}</span>`,
  )}</dd>
</div>
`;

function renderFoot({ clinicName, phone, closing }: Letterhead): Html {
  const dialled = phone?.number.replace(/[^\d+]/g, "");
  return html`<p class="muted" style="margin: 0 0 4px; ${SMALL}"><strong>${clinicName}</strong></p>
${
  phone &&
  html`<p class="muted" style="margin: 0 0 4px; ${SMALL}">${phone.label} <a class="link" href="tel:${dialled}" style="color: ${LIGHT.accent}">${phone.number}</a></p>
`
}<p class="muted" style="margin: 0; ${SMALL}">${closing}</p>`;
}
