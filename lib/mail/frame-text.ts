import type { Block, Letterhead, MailContent } from "./content";

/** The plain-text body. Lines are not wrapped: phones and programs do that themselves, and an address stays whole. */
export function renderText(content: MailContent, { clinicName, phone, closing }: Letterhead): string {
  const body = [content.title, ...content.blocks.map(renderBlock)].join("\n\n");
  const foot = [clinicName, phone && `${phone.label} ${phone.number}`, closing].filter(Boolean).join("\n");
  // The line that separates a signature ends with a blank (RFC 3676 §4.3).
  return `${body}\n\n-- \n${foot}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.text.toLocaleUpperCase();
    case "paragraph":
    case "note":
      return block.text;
    case "facts":
      return block.facts
        .map(({ label, value, details = [] }) => [`${label}: ${value}`, ...details].join("\n  "))
        .join("\n");
    case "list":
      return block.items.map((item) => `- ${item}`).join("\n");
    case "button":
      return `${block.label}:\n${block.url}`;
  }
}
