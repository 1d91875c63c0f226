import { loadFiguresCsv } from "@/lib/admin/loaders/clinic";

/** The figures as a file for spreadsheets. */
export const GET = async (): Promise<Response> =>
  new Response(await loadFiguresCsv(), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="figures.csv"',
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
