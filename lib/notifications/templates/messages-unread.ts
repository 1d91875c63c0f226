import type { Letter, MailWords } from "./words";

type Unread = {
  /** Who wrote, to a patient; staff read it in the portal only. */
  from: string | undefined;
  url: string;
};

/** There are unread messages: not a word of what they say, and to staff not even from whom. */
export const messagesUnread = (t: MailWords, { from, url }: Unread): Letter => ({
  subject: t("messagesUnread.subject"),
  preheader: t("messagesUnread.preheader"),
  title: t("messagesUnread.title"),
  blocks: [
    {
      kind: "paragraph",
      text: from ? t("messagesUnread.explainFrom", { name: from }) : t("messagesUnread.explain"),
    },
    { kind: "button", label: t("messagesUnread.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("messagesUnread.private") },
  ],
});
