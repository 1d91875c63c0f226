import { join } from "node:path";
import PDFDocument from "pdfkit";

/** What a summary on paper says; every text is in its reader's language already. */
export type SummaryPaper = {
  locale: string;
  title: string;
  clinic: { name: string; phone: string | undefined };
  /** When, with whom, who: label and value. */
  facts: readonly { label: string; value: string }[];
  parts: readonly { heading: string; text: string; signed: string }[];
  /** "Page 1 of 2". */
  pageOf: (page: number, pages: number) => string;
};

const MARGIN = 56;
const INK = "#16211f";
const MUTED = "#55615e";

/** One font for both alphabets, so that a name in the other one is no row of boxes. The portal runs where its packages are. */
const fontFile = (name: string) =>
  join(process.cwd(), "node_modules", "dejavu-fonts-ttf", "ttf", `${name}.ttf`);

/**
 * A visit's summary as a PDF with the clinic's letterhead: tagged for screen readers (ISO 14289: structure, language, title), its
 * addenda after it, pages numbered.
 */
export function renderSummary(paper: SummaryPaper): Promise<Buffer> {
  const document = new PDFDocument({
    size: "A4",
    margin: MARGIN,
    bufferPages: true,
    tagged: true,
    pdfVersion: "1.7",
    lang: paper.locale,
    displayTitle: true,
    info: { Title: paper.title, Author: paper.clinic.name },
  });
  document.registerFont("text", fontFile("DejaVuSans"));
  document.registerFont("bold", fontFile("DejaVuSans-Bold"));

  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });

  const root = document.struct("Document");
  document.addStructure(root);
  const add = (tag: string, write: () => void) => root.add(document.struct(tag, {}, write));

  add("P", () => {
    document.font("bold").fontSize(13).fillColor(INK).text(paper.clinic.name);
    if (paper.clinic.phone) document.font("text").fontSize(9).fillColor(MUTED).text(paper.clinic.phone);
  });
  document.moveDown(1.5);
  add("H1", () => document.font("bold").fontSize(18).fillColor(INK).text(paper.title));
  document.moveDown(0.5);
  for (const { label, value } of paper.facts)
    add("P", () => {
      document.font("text").fontSize(10).fillColor(MUTED).text(`${label}: `, { continued: true });
      document.fillColor(INK).text(value);
    });
  for (const { heading, text, signed } of paper.parts) {
    document.moveDown(1);
    add("H2", () => document.font("bold").fontSize(13).fillColor(INK).text(heading));
    document.moveDown(0.3);
    for (const paragraph of text.split(/\n{2,}/))
      add("P", () =>
        document.font("text").fontSize(11).fillColor(INK).text(paragraph, { paragraphGap: 6, lineGap: 2 }),
      );
    add("P", () => document.font("text").fontSize(9).fillColor(MUTED).text(signed));
  }
  root.end();
  numberPages(document, paper);
  document.end();
  return done;
}

/** Below the margin, where text would begin another page: so the margin is lifted for as long. */
function numberPages(document: PDFKit.PDFDocument, { pageOf }: SummaryPaper): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    const bottom = document.page.margins.bottom;
    document.page.margins.bottom = 0;
    document.markContent("Artifact", { type: "Pagination" });
    document
      .font("text")
      .fontSize(8)
      .fillColor(MUTED)
      .text(pageOf(page - start + 1, count), MARGIN, document.page.height - 36, {
        width: document.page.width - 2 * MARGIN,
        align: "center",
        lineBreak: false,
      });
    document.endMarkedContent();
    document.page.margins.bottom = bottom;
  }
}
