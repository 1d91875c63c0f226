import type { AttachRefusal } from "@/lib/messaging/types";

/** Whose file it is: the side that writes, and the personal link's token where that is what gives the right. */
export type Writer = {
  conversationId: string;
  as: "patient" | "practitioner";
  token: string | undefined;
};

export type UploadFault = AttachRefusal | "forbidden" | "invalid" | "offline";

const FAULTS = new Set<string>([
  "not_found",
  "not_offered",
  "empty_file",
  "too_large",
  "type_not_allowed",
  "type_differs",
  "too_many_files",
  "too_many",
  "not_stored",
  "forbidden",
  "invalid",
] satisfies UploadFault[]);

type Answer = { attachmentId: string } | { fault: UploadFault };

const pathOf = ({ conversationId }: Writer) => `/api/conversations/${conversationId}/files`;

/**
 * Sends one file. By XMLHttpRequest, which alone tells how far it has got. Whose it is stands before it, so that it is known before anything is
 * made of the file.
 *
 * @param onProgress from 0 to 1
 */
export function uploadFile(
  writer: Writer,
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const form = new FormData();
  form.set("file", file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${pathOf(writer)}?as=${writer.as}`);
    if (writer.token !== undefined) request.setRequestHeader("Authorization", `Bearer ${writer.token}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
    request.addEventListener("load", () => done(answerOf(request.response)));
    for (const failure of ["error", "abort", "timeout"])
      request.addEventListener(failure, () => done({ fault: "offline" }));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

function answerOf(said: { attachmentId?: unknown; reason?: unknown } | null): Answer {
  if (typeof said?.attachmentId === "string") return { attachmentId: said.attachmentId };
  const reason = typeof said?.reason === "string" ? said.reason : "";
  return { fault: FAULTS.has(reason) ? (reason as UploadFault) : "invalid" };
}

/** Takes back a file that was not sent. What does not get through, the portal removes by itself after a day. */
export const discardUpload = async (writer: Writer, attachmentId: string): Promise<void> => {
  const body = JSON.stringify(writer.token === undefined ? {} : { token: writer.token });
  const headers = { "Content-Type": "application/json" };
  await fetch(`${pathOf(writer)}/${attachmentId}/discard`, { method: "POST", headers, body }).catch(
    () => undefined,
  );
};
