import { pdfFile } from "@/app/visit/pdf-file";
import { loadStaffSummaryPdf } from "@/lib/records/loaders";

export const runtime = "nodejs";

/** The signed summary, as its patient gets it, for the visit's practitioner. */
export async function GET(_request: Request, { params }: { params: Promise<{ appointmentId: string }> }) {
  return pdfFile(await loadStaffSummaryPdf((await params).appointmentId));
}
