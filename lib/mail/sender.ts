import addressparser from "nodemailer/lib/addressparser/index.js";
import { env } from "@/lib/core/env";
import type { MailAddress } from "./types";

/** Reads `MAIL_FROM`: an address, or `Name <address>`. The clinic's name stands in where it has none. */
export function parseSender(mailFrom: string, clinicName: string): MailAddress {
  const first = addressparser(mailFrom, { flatten: true })[0];
  return { name: first?.name || clinicName, address: first?.address || mailFrom };
}

/** Whom the portal's mails come from; also the organizer of their calendar entries, which mail programs compare. */
export const mailSender = (): MailAddress => parseSender(env().MAIL_FROM, env().CLINIC_NAME);
