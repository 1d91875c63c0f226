import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { listOpenJobs } from "@/lib/jobs/open-jobs";
import {
  ATTACH_LIMIT,
  FILE_MAX_BYTES,
  FILES_PER_MESSAGE,
  SCAN_AGAIN_MINUTES,
  UNSENT_KEPT_HOURS,
} from "@/lib/messaging/constants";
import { listAttachments, listUnsent } from "@/lib/messaging/data/attachments";
import { attachFile, discardFile } from "@/lib/messaging/mutations/attach";
import { readFile } from "@/lib/messaging/mutations/read-file";
import { scanAttachment } from "@/lib/messaging/mutations/scan";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { sweepFiles } from "@/lib/messaging/mutations/sweep";
import type { Side } from "@/lib/messaging/types";
import { DOCX, PDF, PNG, zipOf } from "@/tests/support/files";
import { minuteNow } from "../booking/clinic";
import { BAD, BREAKS, makeScanner } from "./scanner";
import { actorOf, beginTalk, scopeOf, type Talk } from "./talk";

const scanner = makeScanner();
const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { SCAN_COMMAND: scanner.command, DATA_DIR, TRUECONF_GUEST_SEATS: "1000" });
afterAll(() => {
  scanner.remove();
  rmSync(DATA_DIR, { recursive: true });
});

const now = minuteNow();
const withNote = (note: string) => Buffer.concat([PDF, Buffer.from(`% ${note}\n`)]);

const attach = (talk: Talk, side: Side, bytes: Buffer = PDF, name = "Befund Xyzzoma.pdf") =>
  attachFile(actorOf(talk, side), side, { conversationId: talk.conversationId, name, bytes }, now);

async function attached(talk: Talk, side: Side, bytes?: Buffer, name?: string): Promise<string> {
  const taken = await attach(talk, side, bytes, name);
  if (!taken.ok) throw new Error(taken.reason);
  return taken.value.attachmentId;
}

const send = (talk: Talk, side: Side, attachmentIds: string[], { text = "", clientId = randomUUID() } = {}) =>
  sendMessage(
    actorOf(talk, side),
    side,
    { conversationId: talk.conversationId, clientId, text, attachmentIds },
    now,
  );

const read = (talk: Talk, side: Side, attachmentId: string) =>
  readFile(actorOf(talk, side), attachmentId, now);

const storedPath = async (attachmentId: string) => {
  const { storageKey } = await db().attachment.findUniqueOrThrow({ where: { id: attachmentId } });
  return join(DATA_DIR, "files", storageKey.slice(-2), storageKey);
};

const auditOf = async (attachmentId: string) =>
  (await db().auditEvent.findMany({ where: { entityId: attachmentId }, orderBy: { occurredAt: "asc" } })).map(
    ({ action }) => action,
  );

describe("a file", () => {
  it("is sealed, sent, looked at, and then read by both, with every reading in the trail", async () => {
    const talk = await beginTalk(now);
    const attachmentId = await attached(talk, "patient", withNote("Xyzzoma"));
    const path = await storedPath(attachmentId);
    expect(readFileSync(path).includes("Xyzzoma")).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const row = await db().attachment.findUniqueOrThrow({ where: { id: attachmentId } });
    expect(Buffer.from(row.nameSealed).includes("Xyzzoma")).toBe(false);

    const sent = await send(talk, "patient", [attachmentId]);
    expect(sent).toEqual({ ok: true, value: { sequence: 1 } });
    for (const side of ["patient", "practitioner"] as const)
      expect(await read(talk, side, attachmentId)).toEqual({ ok: false, reason: "checking" });

    expect(await scanAttachment(attachmentId, now)).toEqual({ ok: true });
    for (const side of ["patient", "practitioner"] as const) {
      const opened = await read(talk, side, attachmentId);
      if (!opened.ok) throw new Error(opened.reason);
      const { bytes, ...rest } = opened.value;
      expect(rest).toEqual({ name: "Befund Xyzzoma.pdf", mediaType: "application/pdf", isImage: false });
      expect(bytes.equals(withNote("Xyzzoma"))).toBe(true);
    }
    expect((await auditOf(attachmentId)).toSorted()).toEqual([
      "file.attached",
      "file.read",
      "file.read",
      "file.scanned",
    ]);
    const { id } = await db().message.findFirstOrThrow({ where: { conversationId: talk.conversationId } });
    expect((await listAttachments(db(), scopeOf(talk), [id])).get(id)).toEqual([
      {
        attachmentId,
        name: "Befund Xyzzoma.pdf",
        kind: "document",
        sizeBytes: row.sizeBytes,
        state: "ready",
      },
    ]);
  });

  it.each([
    ["picture.png", PNG, undefined],
    ["Brief.docx", DOCX, undefined],
    ["lies.png", PDF, "type_differs"],
    ["lies.pdf", Buffer.from("<script>alert(1)</script>"), "type_differs"],
    ["lies.docx", zipOf("word.txt", "no document"), "type_differs"],
    ["run.exe", Buffer.from("MZ"), "type_not_allowed"],
    ["page.html", Buffer.from("<html>"), "type_not_allowed"],
    ["empty.pdf", Buffer.alloc(0), "empty_file"],
    ["large.pdf", Buffer.concat([PDF, Buffer.alloc(FILE_MAX_BYTES)]), "too_large"],
  ])("%s is taken for what it is (%#)", async (name, bytes, reason) => {
    const talk = await beginTalk(now);
    const taken = await attach(talk, "patient", bytes, name);
    expect(taken.ok ? undefined : taken.reason).toBe(reason);
  });

  it("that the scanner refuses is read by nobody, cannot be sent any more, and its bytes go", async () => {
    const talk = await beginTalk(now);
    const [sent, unsent] = [
      await attached(talk, "patient", withNote(BAD)),
      await attached(talk, "patient", withNote(BAD)),
    ];
    expect((await send(talk, "patient", [sent])).ok).toBe(true);
    for (const id of [sent, unsent]) await scanAttachment(id, now);
    expect(await read(talk, "practitioner", sent)).toEqual({ ok: false, reason: "refused" });
    expect(await send(talk, "patient", [unsent])).toEqual({ ok: false, reason: "file_gone" });
    const path = await storedPath(sent);
    expect(existsSync(path)).toBe(true);
    await sweepFiles(now);
    expect(existsSync(path)).toBe(false);
    expect(await db().removedFile.count()).toBe(0);
  });

  it("stays unreadable for as long as the scanner gives no verdict", async () => {
    const talk = await beginTalk(now);
    const attachmentId = await attached(talk, "patient", withNote(BREAKS));
    await send(talk, "patient", [attachmentId]);
    for (let again = 0; again < 2; again += 1)
      expect(await scanAttachment(attachmentId, now)).toEqual({ ok: false, reason: "unclear" });
    expect(await read(talk, "patient", attachmentId)).toEqual({ ok: false, reason: "checking" });
    expect(scanner.sights().filter(({ text }) => text.includes(BREAKS))).toHaveLength(2);
  });

  it("that was changed on the disk is not opened", async () => {
    const talk = await beginTalk(now);
    const attachmentId = await attached(talk, "patient");
    await send(talk, "patient", [attachmentId]);
    await scanAttachment(attachmentId, now);
    const path = await storedPath(attachmentId);
    const sealed = readFileSync(path);
    sealed.writeUInt8((sealed.at(-1) ?? 0) ^ 1, sealed.length - 1);
    writeFileSync(path, sealed);
    await expect(read(talk, "patient", attachmentId)).rejects.toThrow();
    rmSync(path);
    expect(await read(talk, "patient", attachmentId)).toEqual({ ok: false, reason: "not_found" });
  });

  it("is the business of its conversation's two alone", async () => {
    const [talk, other] = [await beginTalk(now), await beginTalk(now)];
    const attachmentId = await attached(talk, "patient");
    const refused = { ok: false, reason: "not_found" };
    // Before it is sent it is its own side's.
    expect(await discardFile(talk.practitioner, attachmentId, now)).toEqual(refused);
    expect(await send(talk, "practitioner", [attachmentId])).toEqual({ ok: false, reason: "file_gone" });
    expect(await send(other, "patient", [attachmentId])).toEqual({ ok: false, reason: "file_gone" });
    expect(await attach({ ...talk, patient: other.patient }, "patient")).toEqual(refused);
    expect(await attach({ ...talk, patient: { kind: "anonymous" } }, "patient")).toEqual(refused);
    expect(await attach({ ...talk, conversationId: "none" }, "patient")).toEqual(refused);

    expect((await send(talk, "patient", [attachmentId])).ok).toBe(true);
    await scanAttachment(attachmentId, now);
    for (const stranger of [other.patient, other.practitioner, { kind: "anonymous" } as const])
      expect(await readFile(stranger, attachmentId, now)).toEqual(refused);
    expect(await read(talk, "practitioner", "none")).toEqual(refused);
    expect(await discardFile(talk.patient, attachmentId, now)).toEqual(refused);
    expect(await send(talk, "patient", [attachmentId])).toEqual({ ok: false, reason: "file_gone" });
  });

  it("goes with its message once, however often that is sent", async () => {
    const talk = await beginTalk(now);
    const ids = [await attached(talk, "practitioner"), await attached(talk, "practitioner", PNG, "a.png")];
    const clientId = randomUUID();
    const sent = await Promise.all(
      [1, 2, 3].map(() => send(talk, "practitioner", ids, { text: "Here", clientId })),
    );
    expect(sent).toEqual(sent.map(() => ({ ok: true, value: { sequence: 1 } })));
    expect(await db().attachment.count({ where: { id: { in: ids }, messageId: { not: null } } })).toBe(2);
    expect(await send(talk, "practitioner", [randomUUID()], { text: "?" })).toEqual({
      ok: false,
      reason: "file_gone",
    });
    expect(await db().message.count({ where: { conversationId: talk.conversationId } })).toBe(1);
  });
});

it("a file that nothing could look at is looked at again, once its own jobs have all failed", async () => {
  const talk = await beginTalk(now);
  const attachmentId = await attached(talk, "patient");
  await send(talk, "patient", [attachmentId]);
  const open = async () =>
    (await listOpenJobs(db(), "attachment.scan")).filter((job) => job.attachmentId === attachmentId).length;
  const before = await open();
  expect(before).toBeGreaterThan(0);
  const later = now.add({ minutes: SCAN_AGAIN_MINUTES + 1 });
  await sweepFiles(later);
  expect(await open()).toBe(before);

  await db()
    .$executeRaw`UPDATE pgboss.job SET state = 'failed' WHERE data->>'attachmentId' = ${attachmentId}`;
  await sweepFiles(now);
  expect(await open()).toBe(0);
  await sweepFiles(later);
  await sweepFiles(later);
  expect(await open()).toBe(1);
  await scanAttachment(attachmentId, later);
  expect((await read(talk, "practitioner", attachmentId)).ok).toBe(true);
});

describe("files that were not sent", () => {
  it("are shown to their own side, taken back, and no more than a message can have", async () => {
    const talk = await beginTalk(now);
    const ids = [];
    for (let i = 0; i < FILES_PER_MESSAGE; i += 1) ids.push(await attached(talk, "patient"));
    expect(await attach(talk, "patient")).toEqual({ ok: false, reason: "too_many_files" });
    const unsent = await listUnsent(db(), scopeOf(talk), talk.conversationId, "patient");
    expect(unsent.map(({ attachmentId }) => attachmentId)).toEqual(ids);
    expect(
      await listUnsent(db(), scopeOf(talk, "practitioner"), talk.conversationId, "practitioner"),
    ).toEqual([]);

    const [first = ""] = ids;
    const path = await storedPath(first);
    expect(await discardFile(talk.patient, first, now)).toEqual({ ok: true });
    expect(await discardFile(talk.patient, first, now)).toEqual({ ok: false, reason: "not_found" });
    await sweepFiles(now);
    expect(existsSync(path)).toBe(false);
    expect((await attach(talk, "patient")).ok).toBe(true);
  });

  it("are removed after a day, and those of a conversation that is no more at once", async () => {
    const talk = await beginTalk(now);
    const [sent, unsent] = [await attached(talk, "patient"), await attached(talk, "patient")];
    await send(talk, "patient", [sent]);
    const paths = [await storedPath(sent), await storedPath(unsent)];
    await sweepFiles(now.add({ hours: UNSENT_KEPT_HOURS, minutes: 1 }));
    expect(paths.map(existsSync)).toEqual([true, false]);
    await db().conversation.delete({ where: { id: talk.conversationId } });
    await sweepFiles(now);
    expect(paths.map(existsSync)).toEqual([false, false]);
    expect(readdirSync(DATA_DIR).toSorted()).toEqual(["files", "scanning"]);
  });

  it("are no thousand from one person", async () => {
    const talk = await beginTalk(now);
    const results = [];
    for (let i = 0; i <= ATTACH_LIMIT.max; i += 1)
      results.push(await attach(talk, "patient", Buffer.from("none")));
    expect(results.at(-2)).toEqual({ ok: false, reason: "type_differs" });
    expect(results.at(-1)).toEqual({ ok: false, reason: "too_many", retryAfterSeconds: expect.any(Number) });
  });
});
