"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { FILE_RULES } from "@/lib/messaging/format/files";
import type { AttachmentDto } from "@/lib/messaging/types";
import { discardUpload, type UploadFault, uploadFile, type Writer } from "./upload";

/** A file on its way into a message. */
export type PickedFile = {
  /** The page's own word for it. */
  key: string;
  name: string;
  sizeBytes: number;
  /** A picture's, from this browser's memory. */
  preview: string | undefined;
} & (
  | { state: "uploading"; part: number }
  | { state: "attached"; attachmentId: string }
  | { state: "faulty"; fault: UploadFault; file: File }
);

const NONE_TAKEN: ReadonlySet<string> = new Set();

const attachedOf = ({ attachmentId, name, sizeBytes }: AttachmentDto): PickedFile => ({
  key: attachmentId,
  name,
  sizeBytes,
  preview: undefined,
  state: "attached",
  attachmentId,
});

/**
 * The files of the message that is being written: uploaded as soon as they are chosen, one after the other, and kept by the portal
 * over a reload until the message is sent.
 *
 * @param taken files of messages that wait to be sent, or have been: they are offered no second time
 */
export function useFiles(
  writer: Writer,
  unsent: readonly AttachmentDto[],
  taken: ReadonlySet<string> = NONE_TAKEN,
) {
  const { conversationId, as, token } = writer;
  const [all, setFiles] = useState<PickedFile[]>(() =>
    unsent.filter(({ state }) => state !== "refused").map(attachedOf),
  );
  const uploads = useRef(new Map<string, AbortController>());
  const previews = useRef(new Set<string>());
  const line = useRef(Promise.resolve());
  const count = useRef(0);
  const from = useMemo(() => ({ conversationId, as, token }), [conversationId, as, token]);

  useEffect(() => {
    const [running, shown] = [uploads.current, previews.current];
    return () => {
      for (const upload of running.values()) upload.abort();
      for (const url of shown) URL.revokeObjectURL(url);
    };
  }, []);

  const upload = useCallback(
    (key: string, file: File) => {
      const put = (change: object) =>
        setFiles((all) => all.map((one) => (one.key === key ? ({ ...one, ...change } as PickedFile) : one)));
      const stop = new AbortController();
      uploads.current.set(key, stop);
      put({ state: "uploading", part: 0 });
      line.current = line.current.then(async () => {
        if (stop.signal.aborted) return;
        const answer = await uploadFile(from, file, (part) => put({ part }), stop.signal);
        uploads.current.delete(key);
        if ("fault" in answer) return put({ state: "faulty", fault: answer.fault, file });
        // Removed while its answer was under way.
        if (stop.signal.aborted) return discardUpload(from, answer.attachmentId);
        put({ state: "attached", attachmentId: answer.attachmentId });
      });
    },
    [from],
  );

  const add = useCallback(
    (chosen: readonly File[]) => {
      for (const file of chosen) {
        count.current += 1;
        const key = `picked-${count.current}`;
        const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : undefined;
        if (preview) previews.current.add(preview);
        const picked = { key, name: file.name, sizeBytes: file.size, preview };
        if (file.size > FILE_RULES.maxBytes) {
          setFiles((all) => [...all, { ...picked, state: "faulty", fault: "too_large", file }]);
        } else {
          setFiles((all) => [...all, { ...picked, state: "uploading", part: 0 }]);
          upload(key, file);
        }
      }
    },
    [upload],
  );

  const remove = useCallback(
    (picked: PickedFile) => {
      setFiles((all) => all.filter(({ key }) => key !== picked.key));
      uploads.current.get(picked.key)?.abort();
      if (picked.state === "attached") void discardUpload(from, picked.attachmentId);
    },
    [from],
  );

  const retry = useCallback(
    (picked: PickedFile) => {
      if (picked.state === "faulty") upload(picked.key, picked.file);
    },
    [upload],
  );

  const files = all.filter((one) => one.state !== "attached" || !taken.has(one.attachmentId));
  return {
    files,
    /** What the message is sent with. */
    attachmentIds: files.flatMap((one) => (one.state === "attached" ? one.attachmentId : [])),
    /** A message that is sent now would go without some of them. */
    isUploading: files.some(({ state }) => state === "uploading"),
    add,
    remove,
    retry,
  };
}

export type Files = ReturnType<typeof useFiles>;
