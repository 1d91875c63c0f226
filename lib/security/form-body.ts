import { parseJson } from "@/lib/core/json";
import { ok, type Result, refuse } from "@/lib/core/result";
import { readBoundedBytes } from "./body";

/** What Next.js writes into a form for its own use: the action's name and what is bound to it, each as JSON. */
const BOUND = /^\$ACTION_\d+:/;

/** More than any form of text has, and one small calendar file. Next.js is given the same bound. */
const MAX_FORM_BYTES = 256 * 1_024;

/**
 * What keeps a post from being handed on: that it is too large, or a form that cannot be read to its end. Next.js answers both with 500,
 * as if the portal had failed, and hands forms to actions even at addresses that have no page. Reads a copy; what it is about, nobody asks
 * here.
 */
export async function findFormFault(request: Request): Promise<"too_large" | "invalid" | undefined> {
  if (request.method !== "POST") return undefined;
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FORM_BYTES) return "too_large";
  const bytes = await readBoundedBytes(request.clone().body, MAX_FORM_BYTES);
  if (!bytes) return "too_large";
  const type = request.headers.get("content-type") ?? "";
  const isForm = type.split(";")[0]?.trim().toLowerCase() === "multipart/form-data";
  const isCall = request.headers.has("next-action");
  if (!isForm) return !isCall || isCallText(new TextDecoder().decode(bytes)) ? undefined : "invalid";
  try {
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    if (isCall && !isCallText(form.get("0"))) return "invalid";
    return [...form].every(([name, value]) => !BOUND.test(name) || isJson(value)) ? undefined : "invalid";
  } catch {
    return "invalid";
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

/** What React writes for a plain value, for a form's fields, and for text that begins with its own sign. */
const CALL_WORD = /^(?!\$)|^\$(\$|undefined$|K[0-9a-f]{1,4}$)/;

/**
 * Whether a call of an action by its id, as a page with JavaScript makes it, says nothing but what our forms say: a list with the state
 * before and the form. What else React's notation knows (other functions of the server, parts that never come) is nobody's of ours.
 */
function isCallText(text: FormDataEntryValue | null): boolean {
  const sent = typeof text === "string" ? parseJson(text) : undefined;
  return Array.isArray(sent) && isCallValue(sent);
}

const isCallValue = (value: unknown): boolean => {
  if (typeof value === "string") return CALL_WORD.test(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isCallValue);
};

const isJson = (value: FormDataEntryValue): boolean =>
  typeof value === "string" && parseJson(value) !== undefined;
