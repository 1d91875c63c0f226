import { pdfFile } from "@/app/visit/pdf-file";
import { loadSummaryPdf } from "@/lib/records/loaders";

export const runtime = "nodejs";

/** The signed summary of a signed-in patient's visit. */
export async function GET(_request: Request, { params }: { params: Promise<{ appointmentId: string }> }) {
  return pdfFile(await loadSummaryPdf({ appointmentId: (await params).appointmentId }));
}
