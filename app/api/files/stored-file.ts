import { notTheirs } from "@/app/api/door";
import type { Actor } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import { readFile } from "@/lib/messaging/mutations/read-file";
import { privateJson } from "@/lib/security/api-request";

/**
 * A file of a conversation for whoever takes part in it: pictures to be shown where they stand, everything else to be kept. The proxy
 * gives such answers a policy of their own.
 */
export async function storedFile(actor: Actor, attachmentId: string): Promise<Response> {
  const read = await readFile(actor, attachmentId, systemNow());
  if (!read.ok)
    return read.reason === "not_found"
      ? notTheirs("files.read", actor)
      : privateJson({ reason: read.reason }, 409);
  const { name, mediaType, isImage, bytes } = read.value;
  const plain = name.replace(/[^\w.-]/g, "_");
  return new Response(bytes, {
    headers: {
      "Content-Type": mediaType,
      "Content-Length": String(bytes.byteLength),
      "Content-Disposition": `${isImage ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${encode(name)}`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}

/** RFC 8187 §3.2.1, which allows less than a URL does. */
const encode = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
