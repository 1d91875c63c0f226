/** What a mail says, once; `frame` renders it as HTML and as plain text. */
export type MailContent = {
  /** BCP 47 tag and direction of the text. */
  locale: string;
  direction: "ltr" | "rtl";
  subject: string;
  /** What a mail program shows beside the subject in its list. */
  preheader: string;
  /** The one heading at the top. */
  title: string;
  blocks: readonly Block[];
};

export type Block =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "facts"; facts: readonly Fact[] }
  | { kind: "list"; items: readonly string[] }
  /** `otherwise` introduces the address in full, for programs that show no button. */
  | { kind: "button"; label: string; url: string; otherwise: string }
  | { kind: "note"; text: string };

/** `details` stand below the value, smaller, each on a line. */
export type Fact = { label: string; value: string; details?: readonly string[] };

/** Who writes: the same above and below every mail. */
export type Letterhead = {
  clinicName: string;
  /** As people dial it; left out, no number is offered. */
  phone?: { label: string; number: string };
  /** Why there is no answer to this mail. */
  closing: string;
};
