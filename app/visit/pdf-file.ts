import { getTranslations } from "next-intl/server";

/** A PDF to keep, which no cache does; not found for whoever has none to read. */
export async function pdfFile(content: Buffer | undefined): Promise<Response> {
  if (!content) return new Response(null, { status: 404, headers: { "Cache-Control": "private, no-store" } });
  const name = (await getTranslations("records.pdf"))("summary");
  return new Response(new Uint8Array(content), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="summary.pdf"; filename*=UTF-8''${encodeURIComponent(name)}.pdf`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
