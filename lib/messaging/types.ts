/** The two who write to each other. */
export type Side = "patient" | "practitioner";

/** Why a message was not sent. */
export type SendRefusal =
  | "not_found"
  /** There is nothing in it but white space. */
  | "empty"
  | "too_long"
  /** More within a minute than anybody types. */
  | "too_many"
  /** One of its files is there no more, or was refused since it was attached. */
  | "file_gone";

/** Why a file was not taken. */
export type AttachRefusal =
  | "not_found"
  /** Nobody looks at files here before others read them, so none is taken. */
  | "not_offered"
  | "empty_file"
  | "too_large"
  /** By its content, or by its name, it is nothing that may be sent. */
  | "type_not_allowed"
  /** Its content is something else than its name says. */
  | "type_differs"
  /** As many as one message can have wait to be sent. */
  | "too_many_files"
  /** More than anybody sends. */
  | "too_many"
  /** There was no room for it, say. */
  | "not_stored";

/** A file of a conversation as a page shows it. */
export type AttachmentDto = {
  attachmentId: string;
  name: string;
  /** Images are shown where they stand, documents are downloaded. */
  kind: "image" | "document";
  sizeBytes: number;
  /** Nobody reads it while it is being checked, nor once the check has refused it. */
  state: "checking" | "ready" | "refused";
};

/** Why a conversation was not opened. */
export type OpenRefusal =
  /** The two have never had a visit with each other, or whoever asks is neither of them. */
  "not_found";

/** What a page that writes must know of files: whether any are taken, and those that wait to be sent. */
export type FilesDto = {
  /** `pass` is the demonstration's, which looks at none and says so; `off` takes none. */
  scanning: "command" | "pass" | "off";
  unsent: AttachmentDto[];
};

/** The Join card of a visit that began in a conversation, as a page shows it. */
export type CardDto = {
  appointmentId: string;
  /** `unanswered` is one that the patient never came to; `cancelled` one that was taken back before. */
  state: "waiting" | "live" | "ended" | "unanswered" | "cancelled";
  /** How long it took, once it has ended. */
  minutes: number | null;
  /** Who has it, where that is another practitioner than the conversation's: a colleague has taken it over. */
  handedTo: string | null;
};

/** One message as a page shows it. */
export type MessageDto = {
  messageId: string;
  sequence: number;
  /** Written on the reader's own side. */
  isOwn: boolean;
  /** The sender's page's own word for it; nobody else's. */
  clientId: string | null;
  text: string;
  files: AttachmentDto[];
  card: CardDto | null;
  date: string;
  time: string;
};

/** The changing part of a conversation: its last messages, and how far either side has got. */
export type ConversationState = {
  messages: MessageDto[];
  /** What to ask for next, where more were written before these. */
  earlier: number | null;
  own: { delivered: number; read: number };
  other: { delivered: number; read: number };
};

/** A conversation as a page opens it. */
export type ConversationDto = {
  conversationId: string;
  side: Side;
  /** Whom one writes to. */
  otherName: string;
  practitionerName: string;
  state: ConversationState;
  files: FilesDto;
};

/** What a search found, the latest first; not all of it where there is too much. */
export type SearchDto = { found: MessageDto[]; isComplete: boolean };

/** A conversation in a list. */
export type ConversationItemDto = {
  conversationId: string;
  otherName: string;
  unread: number;
  last: string;
};

/** The conversations of one side, and with whom another one can be begun. */
export type InboxDto = {
  side: Side;
  conversations: ConversationItemDto[];
  contacts: { patientId: string; practitionerId: string; name: string }[];
};

/** What stands beside a visit: the conversation of its two where it has begun, or whom it would be with. */
export type VisitTalkDto = {
  side: Side;
  patientId: string;
  practitionerId: string;
  conversation: ConversationDto | null;
};
