import { conversationScope } from "@/lib/access/rules";
import type { Actor, ConversationScope } from "@/lib/access/types";
import { env } from "@/lib/core/env";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Attachment, Prisma } from "@/lib/db/generated/client";
import { scanningOf } from "@/lib/files/scan";
import { fetchFile } from "@/lib/files/store";
import { unseal, unsealBytes } from "@/lib/security/seal";
import { FILE_TYPES, fileContentPlace, fileNamePlace } from "../constants";
import type { AttachmentDto, FilesDto, Side } from "../types";

const STATE = { pending: "checking", clean: "ready", refused: "refused" } as const;

/** The name under which a file came. */
export const fileNameOf = ({ id, nameKeyId, nameSealed }: Attachment): string =>
  unseal({ keyId: nameKeyId, sealed: nameSealed }, fileNamePlace(id));

const describe = (row: Attachment): AttachmentDto => ({
  attachmentId: row.id,
  name: fileNameOf(row),
  kind: FILE_TYPES[row.mediaType]?.kind ?? "document",
  sizeBytes: row.sizeBytes,
  state: STATE[row.scan],
});

/** The files of messages, by message, in the order in which they came; none of messages out of scope. */
export async function listAttachments(
  db: Db,
  scope: ConversationScope,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, AttachmentDto[]>> {
  const rows = await db.attachment.findMany({
    where: { messageId: { in: [...messageIds] }, conversation: scope },
    orderBy: { id: "asc" },
  });
  const byMessage = new Map<string, AttachmentDto[]>();
  for (const row of rows) {
    const { messageId } = row;
    if (messageId) byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), describe(row)]);
  }
  return byMessage;
}

/** What one side has attached and not sent, in a conversation of a scope. */
export async function listUnsent(
  db: Db,
  scope: ConversationScope,
  conversationId: string,
  side: Side,
): Promise<AttachmentDto[]> {
  const rows = await db.attachment.findMany({
    where: { conversationId, conversation: scope, side, messageId: null },
    orderBy: { id: "asc" },
  });
  return rows.map(describe);
}

/** What a page that writes in a conversation of a scope must know. */
export const readFilesDto = async (
  db: Db,
  scope: ConversationScope,
  conversationId: string,
  side: Side,
): Promise<FilesDto> => ({
  scanning: scanningOf(env()),
  unsent: await listUnsent(db, scope, conversationId, side),
});

const READ = { conversation: { include: { patient: { select: { pseudonym: true } } } } } as const;
export type AttachmentRow = Prisma.AttachmentGetPayload<{ include: typeof READ }>;

/** A file of a conversation in which the actor writes, on either side, with that side; what was not sent is its own side's. */
export async function findAttachment(
  db: Db,
  actor: Actor,
  attachmentId: string,
): Promise<{ file: AttachmentRow; as: Side } | undefined> {
  if (!isId(attachmentId)) return undefined;
  for (const as of ["practitioner", "patient"] as const) {
    const file = await db.attachment.findFirst({
      where: {
        id: attachmentId,
        conversation: conversationScope(actor, as),
        OR: [{ messageId: { not: null } }, { side: as }],
      },
      include: READ,
    });
    if (file) return { file, as };
  }
  return undefined;
}

/** A file's bytes, opened; nothing when they are not there. @throws when they were changed, or their key is gone */
export async function openContent({
  id,
  storageKey,
  contentKeyId,
}: Pick<Attachment, "id" | "storageKey" | "contentKeyId">): Promise<Buffer<ArrayBuffer> | undefined> {
  const sealed = await fetchFile(storageKey);
  return sealed && unsealBytes({ keyId: contentKeyId, sealed }, fileContentPlace(id));
}
