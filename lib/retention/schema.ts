import { z } from "zod";
import { proofSchema } from "@/lib/auth/schema";
import { PERIODS, RETENTION_KINDS } from "./constants";
import type { Retention, RetentionKind } from "./types";

/** An object with the same kind of part for every kind of data. */
const ofEachKind = <T extends z.ZodType>(part: (kind: RetentionKind) => T) =>
  Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, part(kind)])) as Record<RetentionKind, T>;

const typed = (kind: RetentionKind) =>
  z
    .string({ error: "required" })
    .trim()
    .min(1, "required")
    .regex(/^\d{1,6}$/, "number")
    .transform(Number)
    .pipe(z.number().min(PERIODS[kind].min, "out_of_range").max(PERIODS[kind].max, "out_of_range"));

const stored = (kind: RetentionKind) => {
  const { min, max, standard } = PERIODS[kind];
  return z.int().min(min).max(max).catch(standard);
};

/** What the form of periods sends. Faults: `required`, `number`, `out_of_range`. */
export const retentionSchema = z.object({ ...ofEachKind(typed), ...proofSchema.shape });

/** What is stored; whatever is missing there, or makes no sense any more, is the standard. */
export const storedRetentionSchema = z
  .object(ofEachKind(stored))
  .catch(
    (): Retention =>
      Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, PERIODS[kind].standard])) as Record<
        RetentionKind,
        number
      >,
  );
