import type { Db } from "@/lib/db/client";
import { storedRetentionSchema } from "../schema";
import type { Retention } from "../types";

/** The row's key. */
export const RETENTION_KEY = "retention";

/** How long the clinic has decided to keep each kind, and the standard for the rest. */
export async function readRetention(db: Pick<Db, "setting">): Promise<Retention> {
  const row = await db.setting.findUnique({ where: { key: RETENTION_KEY } });
  return storedRetentionSchema.parse(row?.value ?? {});
}
