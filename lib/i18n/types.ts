import type account from "./messages/en/account.json";
import type admin from "./messages/en/admin.json";
import type agenda from "./messages/en/agenda.json";
import type auth from "./messages/en/auth.json";
import type booking from "./messages/en/booking.json";
import type change from "./messages/en/change.json";
import type chat from "./messages/en/chat.json";
import type check from "./messages/en/check.json";
import type common from "./messages/en/common.json";
import type day from "./messages/en/day.json";
import type emergency from "./messages/en/emergency.json";
import type errors from "./messages/en/errors.json";
import type home from "./messages/en/home.json";
import type layout from "./messages/en/layout.json";
import type mail from "./messages/en/mail.json";
import type messages from "./messages/en/messages.json";
import type people from "./messages/en/people.json";
import type privacy from "./messages/en/privacy.json";
import type queue from "./messages/en/queue.json";
import type reasons from "./messages/en/reasons.json";
import type records from "./messages/en/records.json";
import type retention from "./messages/en/retention.json";
import type schedule from "./messages/en/schedule.json";
import type staff from "./messages/en/staff.json";
import type trail from "./messages/en/trail.json";
import type visit from "./messages/en/visit.json";
import type waiting from "./messages/en/waiting.json";
import type waitlist from "./messages/en/waitlist.json";

/** Every message, by namespace. English sets the keys; a test holds the other languages to them. */
export type Messages = {
  account: typeof account;
  admin: typeof admin;
  agenda: typeof agenda;
  auth: typeof auth;
  booking: typeof booking;
  change: typeof change;
  chat: typeof chat;
  check: typeof check;
  common: typeof common;
  day: typeof day;
  emergency: typeof emergency;
  errors: typeof errors;
  home: typeof home;
  layout: typeof layout;
  mail: typeof mail;
  messages: typeof messages;
  people: typeof people;
  privacy: typeof privacy;
  queue: typeof queue;
  reasons: typeof reasons;
  records: typeof records;
  retention: typeof retention;
  schedule: typeof schedule;
  staff: typeof staff;
  trail: typeof trail;
  visit: typeof visit;
  waiting: typeof waiting;
  waitlist: typeof waitlist;
};
export type Namespace = keyof Messages;

/** A colour scheme; `system` follows the device. */
export type Theme = "system" | "light" | "dark";

/** A language to choose: its code, its name in itself, and which way it is written. */
export type Language = { locale: string; name: string; direction: "ltr" | "rtl" };
