import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { renderSummary, type SummaryPaper } from "./pdf";

const paper: SummaryPaper = {
  locale: "ru",
  title: "Заключение по приёму",
  clinic: { name: "Example Clinic", phone: "+49 30 000000" },
  facts: [
    { label: "Когда", value: "вторник, 14 марта, 10:30 (Берлин)" },
    { label: "Специалист", value: "Dr Ada Example" },
  ],
  parts: [
    {
      heading: "Заключение",
      text: "Пациент здоров.\n\nÜber Größe: naïve.",
      signed: "Подписано: Dr Ada Example",
    },
    { heading: "Дополнение 1", text: "Invented addendum. ".repeat(400), signed: "Подписано: Dr Ada Example" },
  ],
  pageOf: (page, pages) => `Страница ${page} из ${pages}`,
};

/** The reader says on the console what it thinks of where it runs, unless it is told to say nothing. */
const open = (bytes: Uint8Array) => getDocumentProxy(bytes.slice(), { verbosity: 0 });

describe("a summary on paper", () => {
  beforeAll(async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await open(new Uint8Array(await renderSummary(paper)));
    log.mockRestore();
  });

  it("says everything in both alphabets, over as many pages as it takes", async () => {
    const bytes = new Uint8Array(await renderSummary(paper));
    const { text, totalPages } = await extractText(await open(bytes));
    const all = text.join("\n");
    for (const said of [
      "Example Clinic",
      "Заключение по приёму",
      "вторник, 14 марта, 10:30 (Берлин)",
      "Пациент здоров.",
      "Über Größe: naïve.",
      "Дополнение 1",
      "Подписано: Dr Ada Example",
    ])
      expect(all).toContain(said);
    expect(totalPages).toBeGreaterThan(1);
    expect(text[totalPages - 1]).toContain(`Страница ${totalPages} из ${totalPages}`);
  });

  it("is tagged, and says its language and title", async () => {
    const bytes = await renderSummary(paper);
    const { info } = await getMeta(await open(new Uint8Array(bytes)));
    expect(info).toMatchObject({ Title: paper.title, Language: "ru" });
    const raw = bytes.toString("latin1");
    expect(raw).toContain("/StructTreeRoot");
    expect(raw).toContain("/Marked true");
    for (const tag of ["/H1", "/H2", "/P"]) expect(raw).toContain(`/S ${tag}`);
    expect(raw).toContain("/DisplayDocTitle true");
  });
});
