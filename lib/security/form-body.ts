import { parseJson } from "@/lib/core/json";
import { ok, type Result, refuse } from "@/lib/core/result";
import { readBoundedBytes } from "./body";

/** What Next.js writes into a form for its own use: the action's name and what is bound to it, each as JSON. */
const BOUND = /^\$ACTION_\d+:/;

/**
 * Whether a request is no form, or one whose body can be read to its end. Next.js answers anything else with 500, as if the portal
 * had failed, and hands it to actions even at addresses that have no page. Reads a copy; what it is about, nobody asks here.
 */
export async function isReadableForm(request: Request): Promise<boolean> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (request.method !== "POST" || mediaType !== "multipart/form-data") return true;
  try {
    const form = await request.clone().formData();
    return [...form].every(([name, value]) => !BOUND.test(name) || isJson(value));
  } catch {
    return false;
  }
}

/**
 * A form with a file, of bounded size. The announced length is believed only where it is too large already.
 *
 * @returns the form, or why there is none
 */
export async function readBoundedForm(
  request: Request,
  maxBytes: number,
): Promise<Result<FormData, "too_large" | "invalid">> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("multipart/form-data")) return refuse("invalid");
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return refuse("too_large");
  const bytes = await readBoundedBytes(request.body, maxBytes);
  if (!bytes) return refuse("too_large");
  try {
    return ok(await new Response(bytes, { headers: { "content-type": type } }).formData());
  } catch {
    return refuse("invalid");
  }
}

const isJson = (value: FormDataEntryValue): boolean =>
  typeof value === "string" && parseJson(value) !== undefined;
