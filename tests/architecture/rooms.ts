/** The rooms of `lib`, row by row. Among the capabilities each may import what stands after it. */
export const CAPABILITIES = [
  "admin",
  "privacy",
  "retention",
  "trail",
  "queue",
  "emergency",
  "records",
  "visits",
  "messaging",
  "booking",
  "availability",
  "directory",
  "auth",
  "access",
];
/** Take plain data from everybody and import no capability; each may import what stands after it, so that a mail too is in the trail. */
export const SINKS = ["notifications", "audit"];
export const ADAPTERS = ["trueconf", "calendar", "mail", "jobs", "events", "files", "oidc"];
export const FOUNDATION = ["db", "time", "i18n", "security", "core"];

/** The rooms of `components`, in the same way. Beside them stand `layout`, the shell, and `ui`, the primitives. */
export const VIEWS = [
  "admin",
  "privacy",
  "trail",
  "queue",
  "emergency",
  "records",
  "visit",
  "messaging",
  "booking",
  "availability",
  "account",
];

/** The second part of a path: the room of a file in `lib` or `components`. */
export const roomOf = (path: string): string => path.split("/")[1] ?? "";
