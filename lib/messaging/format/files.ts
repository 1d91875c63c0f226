import { FILE_MAX_BYTES, FILE_TYPES, FILES_PER_MESSAGE } from "../constants";

/** What the pages that take files know of them before the server does. */
export const FILE_RULES = {
  maxBytes: FILE_MAX_BYTES,
  perMessage: FILES_PER_MESSAGE,
  /** For the browser's own dialogue, which then offers these alone. */
  accept: Object.values(FILE_TYPES)
    .flatMap(({ endings }) => endings.map((ending) => `.${ending}`))
    .join(","),
} as const;

/** A size in the unit in which people read it. */
export const sizeOf = (bytes: number): { unit: "KB" | "MB"; size: number } =>
  bytes < 1024 * 1024
    ? { unit: "KB", size: Math.max(1, Math.round(bytes / 1024)) }
    : { unit: "MB", size: Math.round((bytes / 1024 / 1024) * 10) / 10 };
