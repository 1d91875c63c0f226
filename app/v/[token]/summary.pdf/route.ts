import { pdfFile } from "@/app/visit/pdf-file";
import { loadSummaryPdf } from "@/lib/records/loaders";

export const runtime = "nodejs";

/** The signed summary of a personal link's visit. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }) {
  return pdfFile(await loadSummaryPdf({ token: (await params).token }));
}
