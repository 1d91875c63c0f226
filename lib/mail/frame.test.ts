import { describe, expect, it } from "vitest";
import type { MailContent } from "./content";
import { frame } from "./frame";

const letterhead = {
  clinicName: "Example Clinic",
  phone: { label: "Phone:", number: "+49 30 0000 00-00" },
  closing: "Sent automatically.",
};
const content: MailContent = {
  locale: "ru",
  direction: "ltr",
  subject: "Вы записаны",
  preheader: "Когда и как",
  title: "Вы записаны на приём",
  blocks: [
    { kind: "paragraph", text: "Первый абзац." },
    { kind: "facts", facts: [{ label: "Когда", value: "Вторник", details: ["Время: Москва", "GMT+3"] }] },
    { kind: "button", label: "Открыть", url: "https://visits.example/v/a?b=1&c=2", otherwise: "Или адрес:" },
    { kind: "heading", text: "Как" },
    { kind: "list", items: ["раз", "два"] },
    { kind: "note", text: "Мелким шрифтом." },
  ],
};

describe("frame", () => {
  it("says the same in plain text", () => {
    expect(frame(content, letterhead).text).toBe(`Вы записаны на приём

Первый абзац.

Когда: Вторник
  Время: Москва
  GMT+3

Открыть:
https://visits.example/v/a?b=1&c=2

КАК

- раз
- два

Мелким шрифтом.

--${" "}
Example Clinic
Phone: +49 30 0000 00-00
Sent automatically.
`);
  });

  it("names its language and loads nothing from anywhere", () => {
    const { html } = frame(content, letterhead);
    expect(html).toContain('<html lang="ru" dir="ltr">');
    expect(html).not.toMatch(/<(img|link|script|iframe|base)\b|@import|url\(|\bsrc=/i);
    const addresses = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(addresses)).toEqual(
      new Set(["https://visits.example/v/a?b=1&amp;c=2", "tel:+493000000000"]),
    );
  });

  it("turns right-to-left by one word", () => {
    const { html } = frame({ ...content, locale: "ar", direction: "rtl" }, letterhead);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html.replace(DARK_SHEET, "")).not.toMatch(/\b(left|right)\b/);
  });

  it("offers no number where there is none", () => {
    const { html, text } = frame(content, { ...letterhead, phone: undefined });
    expect(html + text).not.toMatch(/tel:|Phone|undefined/);
  });

  it("lets no text become markup", () => {
    const hostile = `"><script>alert(1)</script><a href='x' onclick=alert(1)>&amp;`;
    const { html } = frame(
      {
        ...content,
        subject: hostile,
        preheader: hostile,
        title: hostile,
        blocks: [
          { kind: "heading", text: hostile },
          { kind: "paragraph", text: hostile },
          { kind: "note", text: hostile },
          { kind: "list", items: [hostile] },
          { kind: "facts", facts: [{ label: hostile, value: hostile, details: [hostile] }] },
          { kind: "button", label: hostile, url: "https://visits.example/", otherwise: hostile },
        ],
      },
      { clinicName: hostile, closing: hostile, phone: { label: hostile, number: hostile } },
    );
    expect(html).not.toMatch(/<script|<a href='x'|[^&]amp;amp;amp;/);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain("&amp;amp;");
    expect([...html.matchAll(/<a /g)]).toHaveLength(3);
  });
});

const DARK_SHEET = /<style>[\s\S]*<\/style>/;
