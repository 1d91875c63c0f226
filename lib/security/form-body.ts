import { parseJson } from "@/lib/core/json";

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

const isJson = (value: FormDataEntryValue): boolean =>
  typeof value === "string" && parseJson(value) !== undefined;
