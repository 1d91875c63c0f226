import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isId, newId } from "@/lib/core/ids";
import { parseMail } from "./parse";
import type { ReceivedMail } from "./types";

const KEPT = 500;

/** The mailbox's mails: the last {@link KEPT} in memory, and as files if it was given a folder. */
export type MailStore = {
  /** Newest first. */
  list(): readonly ReceivedMail[];
  find(id: string): ReceivedMail | undefined;
  add(source: Buffer): Promise<void>;
  clear(): Promise<void>;
  /** Calls back after every change. @returns ends that */
  subscribe(listener: () => void): () => void;
};

/** Opens the store, with the mails that its folder has kept. */
export async function openStore(dir: string | undefined): Promise<MailStore> {
  const mails = dir ? await readKept(dir) : [];
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const fileOf = (id: string) => (dir ? join(dir, `${id}.eml`) : undefined);
  const forget = async (gone: readonly ReceivedMail[]) => {
    for (const { id } of gone) {
      const file = fileOf(id);
      if (file) await rm(file, { force: true });
    }
  };

  return {
    list: () => mails,
    find: (id) => mails.find((mail) => mail.id === id),
    async add(source) {
      const id = newId();
      const mail = await parseMail(source, id, new Date().toISOString());
      const file = fileOf(id);
      // Readable by its owner alone: mails carry personal links.
      if (file) await writeFile(file, source, { mode: 0o600 });
      mails.unshift(mail);
      await forget(mails.splice(KEPT));
      changed();
    },
    async clear() {
      await forget(mails.splice(0));
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Ids sort by their time of birth, so names of files do. */
async function readKept(dir: string): Promise<ReceivedMail[]> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ids = (await readdir(dir))
    .filter((name) => name.endsWith(".eml"))
    .map((name) => name.slice(0, -".eml".length))
    .filter(isId)
    .sort()
    .reverse()
    .slice(0, KEPT);
  const mails: ReceivedMail[] = [];
  for (const id of ids) {
    const file = join(dir, `${id}.eml`);
    const { mtime } = await stat(file);
    mails.push(await parseMail(await readFile(file), id, mtime.toISOString()));
  }
  return mails;
}
