import { loadExport } from "@/lib/trail/loaders";

const FILES = {
  csv: { type: "text/csv; charset=utf-8", name: "audit.csv" },
  fhir: { type: "application/fhir+json; charset=utf-8", name: "audit.fhir.json" },
} as const;

/** The trail as a file, for a browser whose administrator has just shown who they are. */
export async function GET(): Promise<Response> {
  const file = await loadExport();
  if (!file) return new Response("404", { status: 404, headers: { "Cache-Control": "private, no-store" } });
  const { type, name } = FILES[file.format];
  return new Response(streamOf(file.parts), {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** Read as it is fetched: the trail is longer than any memory. */
const streamOf = (parts: AsyncGenerator<string>): ReadableStream => {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
};
