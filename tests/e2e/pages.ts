import type { Browser, BrowserContext } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { newId, newToken } from "@/lib/core/ids";
import { hashToken } from "@/lib/security/tokens";
import { makeUser } from "@/tests/support/factories";
import type { PortalAddresses } from "@/tests/support/portal";
import { stageOpenRecord } from "./open-record";
import {
  openAccount,
  openPractice,
  stageLine,
  stageThirdPerson,
  stageVisit,
  stageWaiting,
  withRows,
} from "./practice";
import { type Account, accountOf, letIn } from "./steps";
import { stageTalk, type Talk, writeMessages } from "./talk";

export const READERS = ["anybody", "patient", "practitioner", "administrator"] as const;
export type Reader = (typeof READERS)[number];

/** One page as somebody sees it: its route as the folders of `app` name it, and an address that has it. */
export type Row = { route: string; reader: Reader; path: string; status?: number };
export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** A link of another purpose than a visit's. */
export const stageLink = (
  portal: PortalAddresses,
  purpose: "invitation" | "password_reset" | "setup",
): Promise<string> =>
  withRows(portal, async (database, now) => {
    const token = newToken();
    const invited = purpose === "setup" ? undefined : await makeUser(database, { now });
    await database.accessLink.create({
      data: {
        id: newId(),
        purpose,
        tokenHash: hashToken(token),
        userId: invited?.id ?? null,
        expiresAt: new Date(now.add({ hours: 1 }).epochMilliseconds),
        createdAt: new Date(now.epochMilliseconds),
      },
    });
    return token;
  });

/** Somebody whom an administrator has made a scheduler. */
const openStaffAccount = (portal: PortalAddresses): Promise<string> =>
  withRows(
    portal,
    async (database, now) =>
      (await makeUser(database, { now, name: "Sonja Muster", roles: ["scheduler"] })).id,
  );

/** What a browser keeps of an account that is signed in. */
export async function sessionOf(
  browser: Browser,
  portal: PortalAddresses,
  account: Account,
): Promise<StorageState> {
  const context = await browser.newContext({ baseURL: portal.url, locale: "en-GB" });
  await letIn(context, account);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Every page of the portal with somebody who may see it, on rows of their own; and the browsers' states to see them in. */
export async function stagePages(
  browser: Browser,
  portal: PortalAddresses,
): Promise<{ rows: Row[]; sessions: Map<Reader, StorageState> }> {
  const sessions = new Map<Reader, StorageState>();
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  const { patientId } = account;
  const waiting = await stageVisit(portal, practice, { starts: { minutes: 20 }, patientId });
  const ahead = await stageVisit(portal, practice, { starts: { hours: 30 }, patientId });
  const finished = await stageVisit(portal, practice, {
    starts: { hours: -48 },
    status: "fulfilled",
    patientId,
  });
  const guest = await stageVisit(portal, practice, { starts: { hours: 50 } });
  const cancelled = await stageVisit(portal, practice, { starts: { hours: 52 }, status: "cancelled" });
  const talk = await stageTalk(portal, practice, { patientId, hoursAgo: 30 });
  const linked = await stageTalk(portal, practice, { hoursAgo: 32 });
  await writeMessages(portal, talk, "practitioner", ["How is the knee?", "A long line ".repeat(60)]);
  await writeMessages(portal, talk, "patient", ["Better"]);
  const accessId = await stageOpenRecord(portal, practice, (await openAccount(portal)).patientId);
  const missed = await stageVisit(portal, practice, { starts: { hours: -24 }, patientId });
  sessions.set("patient", await sessionOf(browser, portal, account));
  sessions.set("practitioner", await sessionOf(browser, portal, practice.account));
  sessions.set("administrator", await sessionOf(browser, portal, accountOf("administrator")));

  const { practitionerId, visitTypeId } = practice;
  const book = (day: Temporal.PlainDate) =>
    `/book/${practitionerId}/${visitTypeId}/${day.toString().replaceAll("-", "")}T0900Z`;
  const today = Temporal.Now.plainDateISO("UTC");
  /** Free, whatever the hour: nobody else books this practitioner. */
  const soonFree = `${today.add({ days: 3 })}T09:00:00Z`;
  const waitingFor = await stageWaiting(portal, practice);
  const offered = await stageWaiting(portal, practice, { offered: { hours: 40 } });
  const ownPlace = await stageWaiting(portal, practice, { patientId });
  const [line, emptyLine] = [await stageLine(portal), await stageLine(portal, { onDuty: false })];
  const rows: Row[] = [
    { route: "/", reader: "anybody", path: "/" },
    {
      route: "/practitioners/[practitionerId]",
      reader: "anybody",
      path: `/practitioners/${practitionerId}`,
    },
    {
      route: "/practitioners/[practitionerId]",
      reader: "anybody",
      path: `/practitioners/${practitionerId}?view=list`,
    },
    {
      route: "/book/[practitionerId]/[visitTypeId]/[start]",
      reader: "anybody",
      path: book(today.add({ days: 2 })),
    },
    {
      route: "/book/[practitionerId]/[visitTypeId]/[start]",
      reader: "anybody",
      path: book(today.subtract({ days: 1 })),
    },
    {
      route: "/book/[practitionerId]/[visitTypeId]/[start]",
      reader: "patient",
      path: book(today.add({ days: 2 })),
    },
    { route: "/check", reader: "anybody", path: "/check" },
    {
      route: "/t/[token]",
      reader: "anybody",
      path: `/t/${await stageThirdPerson(portal, waiting.appointmentId)}`,
    },
    {
      route: "/t/[token]",
      reader: "anybody",
      path: `/t/${await stageThirdPerson(portal, finished.appointmentId, "revoked")}`,
    },
    { route: "/t/[token]", reader: "anybody", path: `/t/${newToken()}`, status: 404 },
    { route: "/sign-in", reader: "anybody", path: "/sign-in" },
    { route: "/register", reader: "anybody", path: "/register" },
    { route: "/sign-in/link", reader: "anybody", path: "/sign-in/link" },
    { route: "/sign-in/link/[token]", reader: "anybody", path: `/sign-in/link/${newToken()}` },
    { route: "/sign-in/code", reader: "anybody", path: "/sign-in/code" },
    // Of a clinic with accounts of its own: see provider.spec.
    { route: "/sign-in/provider", reader: "anybody", path: "/sign-in/provider", status: 404 },
    { route: "/sign-in/provider/return", reader: "anybody", path: "/sign-in/provider/return", status: 404 },
    { route: "/account", reader: "patient", path: "/account" },
    { route: "/account", reader: "administrator", path: "/account" },
    { route: "/account/consents", reader: "patient", path: "/account/consents" },
    { route: "/account/password", reader: "patient", path: "/account/password" },
    { route: "/account/email", reader: "patient", path: "/account/email" },
    { route: "/account/email/[token]", reader: "anybody", path: `/account/email/${newToken()}` },
    { route: "/account/second-step", reader: "practitioner", path: "/account/second-step" },
    { route: "/account/second-step", reader: "administrator", path: "/account/second-step" },
    { route: "/lost-link", reader: "anybody", path: "/lost-link" },
    {
      route: "/invitation/[token]",
      reader: "anybody",
      path: `/invitation/${await stageLink(portal, "invitation")}`,
    },
    { route: "/invitation/[token]", reader: "anybody", path: `/invitation/${newToken()}` },
    {
      route: "/new-password/[token]",
      reader: "anybody",
      path: `/new-password/${await stageLink(portal, "password_reset")}`,
    },
    { route: "/new-password/[token]", reader: "anybody", path: `/new-password/${newToken()}` },
    { route: "/setup/[token]", reader: "anybody", path: `/setup/${newToken()}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${ahead.token}?booked=1` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${waiting.token}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${finished.token}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${missed.token}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${newToken()}`, status: 404 },
    { route: "a page that is not there", reader: "anybody", path: "/nowhere", status: 404 },
    { route: "/v/[token]/move", reader: "anybody", path: `/v/${guest.token}/move` },
    { route: "/v/[token]/move", reader: "anybody", path: `/v/${guest.token}/move?startAt=${soonFree}` },
    { route: "/v/[token]/move", reader: "anybody", path: `/v/${finished.token}/move` },
    { route: "/v/[token]/move", reader: "anybody", path: `/v/${newToken()}/move`, status: 404 },
    { route: "/v/[token]/cancel", reader: "anybody", path: `/v/${guest.token}/cancel` },
    { route: "/v/[token]/cancel", reader: "anybody", path: `/v/${cancelled.token}/cancel` },
    { route: "/v/[token]/check", reader: "anybody", path: `/v/${waiting.token}/check` },
    { route: "/v/[token]/check", reader: "anybody", path: `/v/${newToken()}/check`, status: 404 },
    { route: "/v/[token]/subscribe", reader: "anybody", path: `/v/${guest.token}/subscribe` },
    { route: "/v/[token]/subscribe", reader: "anybody", path: `/v/${ahead.token}/subscribe`, status: 404 },
    { route: "/visits", reader: "patient", path: "/visits" },
    ...messages(talk, linked.token),
    { route: "/waitlist", reader: "anybody", path: `/waitlist?practitioner=${practitionerId}` },
    { route: "/waitlist", reader: "patient", path: `/waitlist?practitioner=${practitionerId}` },
    { route: "/waitlist", reader: "anybody", path: "/waitlist" },
    { route: "/w/[token]", reader: "anybody", path: `/w/${waitingFor.token}?joined=1` },
    { route: "/w/[token]", reader: "anybody", path: `/w/${offered.token}` },
    { route: "/w/[token]", reader: "anybody", path: `/w/${newToken()}`, status: 404 },
    {
      route: "/visits/waitlist/[entryId]",
      reader: "patient",
      path: `/visits/waitlist/${ownPlace.entryId}`,
    },
    {
      route: "/visits/waitlist/[entryId]",
      reader: "patient",
      path: `/visits/waitlist/${newId()}`,
      status: 404,
    },
    { route: "/now", reader: "anybody", path: "/now" },
    { route: "/now", reader: "anybody", path: `/now?specialty=${line.specialtyCode}` },
    { route: "/now", reader: "patient", path: `/now?specialty=${line.specialtyCode}` },
    { route: "/now", reader: "anybody", path: `/now?specialty=${emptyLine.specialtyCode}` },
    { route: "/q/[token]", reader: "anybody", path: `/q/${line.token}` },
    { route: "/q/[token]", reader: "anybody", path: `/q/${newToken()}`, status: 404 },
    { route: "/admin/queue", reader: "administrator", path: "/admin/queue" },
    { route: "/admin/waitlist", reader: "administrator", path: "/admin/waitlist" },
    { route: "/templates", reader: "practitioner", path: "/templates" },
    { route: "/admin/figures", reader: "administrator", path: "/admin/figures" },
    { route: "/visits/subscribe", reader: "patient", path: "/visits/subscribe" },
    { route: "/account/data", reader: "patient", path: "/account/data" },
    { route: "/account/erasure", reader: "patient", path: "/account/erasure" },
    { route: "/admin/erasures", reader: "administrator", path: "/admin/erasures" },
    {
      route: "/admin/erasures/[erasureId]",
      reader: "administrator",
      path: `/admin/erasures/${newId()}`,
      status: 404,
    },
    ...(await patientPages(portal, guest, patientId)),
    { route: "/account/profile", reader: "patient", path: "/account/profile" },
    { route: "/account/profile/[patientId]", reader: "patient", path: `/account/profile/${patientId}` },
    { route: "/account/data/[token]", reader: "patient", path: `/account/data/${newToken()}` },
    { route: "/visit/[appointmentId]/move", reader: "patient", path: `/visit/${ahead.appointmentId}/move` },
    {
      route: "/visit/[appointmentId]/move",
      reader: "patient",
      path: `/visit/${ahead.appointmentId}/move?startAt=${soonFree}`,
    },
    {
      route: "/visit/[appointmentId]/cancel",
      reader: "patient",
      path: `/visit/${ahead.appointmentId}/cancel`,
    },
    {
      route: "/visit/[appointmentId]/cancel",
      reader: "patient",
      path: `/visit/${finished.appointmentId}/cancel`,
    },
    {
      route: "/visit/[appointmentId]/check",
      reader: "patient",
      path: `/visit/${waiting.appointmentId}/check`,
    },
    { route: "/visit/[appointmentId]", reader: "patient", path: `/visit/${waiting.appointmentId}` },
    { route: "/visit/[appointmentId]", reader: "patient", path: `/visit/${finished.appointmentId}` },
    { route: "/visit/[appointmentId]", reader: "patient", path: `/visit/${newId()}`, status: 404 },
    { route: "/agenda/subscribe", reader: "practitioner", path: "/agenda/subscribe" },
    { route: "/agenda/check", reader: "practitioner", path: "/agenda/check" },
    { route: "/agenda", reader: "practitioner", path: "/agenda" },
    { route: "/agenda", reader: "practitioner", path: `/agenda?date=${today.add({ days: 20 })}` },
    { route: "/agenda/week", reader: "practitioner", path: "/agenda/week" },
    { route: "/agenda/week", reader: "practitioner", path: `/agenda/week?date=${today.add({ days: 7 })}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${waiting.appointmentId}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${finished.appointmentId}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${missed.appointmentId}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${newId()}`, status: 404 },
    {
      route: "/agenda/[appointmentId]/move",
      reader: "practitioner",
      path: `/agenda/${ahead.appointmentId}/move`,
    },
    {
      route: "/agenda/[appointmentId]/move",
      reader: "practitioner",
      path: `/agenda/${ahead.appointmentId}/move?start=${soonFree}`,
    },
    {
      route: "/agenda/[appointmentId]/cancel",
      reader: "practitioner",
      path: `/agenda/${ahead.appointmentId}/cancel`,
    },
    {
      route: "/agenda/[appointmentId]/cancel",
      reader: "practitioner",
      path: `/agenda/${newId()}/cancel`,
      status: 404,
    },
    { route: "/emergency", reader: "practitioner", path: "/emergency" },
    { route: "/emergency/[accessId]", reader: "practitioner", path: `/emergency/${accessId}` },
    { route: "/emergency/[accessId]", reader: "practitioner", path: `/emergency/${newId()}`, status: 404 },
    { route: "/schedule", reader: "practitioner", path: "/schedule" },
    { route: "/schedule", reader: "practitioner", path: "/schedule?plan=new" },
    { route: "/agenda/book", reader: "practitioner", path: "/agenda/book" },
    { route: "/agenda/book", reader: "practitioner", path: `/agenda/book?start=${soonFree}` },
    ...administration({ practitionerId, visitTypeId, ahead, finished, soonFree }),
    { route: "/admin", reader: "administrator", path: "/admin" },
    { route: "/admin/practitioners", reader: "administrator", path: "/admin/practitioners" },
    { route: "/admin/practitioners/new", reader: "administrator", path: "/admin/practitioners/new" },
    {
      route: "/admin/practitioners/[practitionerId]",
      reader: "administrator",
      path: `/admin/practitioners/${practitionerId}`,
    },
    { route: "/account/access", reader: "patient", path: "/account/access" },
    { route: "/admin/audit", reader: "administrator", path: "/admin/audit" },
    { route: "/admin/retention", reader: "administrator", path: "/admin/retention" },
    { route: "/admin/settings", reader: "administrator", path: "/admin/settings" },
    { route: "/admin/users", reader: "administrator", path: "/admin/users" },
    { route: "/admin/users/new", reader: "administrator", path: "/admin/users/new" },
    {
      route: "/admin/users/[userId]",
      reader: "administrator",
      path: `/admin/users/${await openStaffAccount(portal)}`,
    },
    { route: "/admin/why-not", reader: "administrator", path: "/admin/why-not" },
    { route: "/schedule/why-not", reader: "practitioner", path: "/schedule/why-not" },
    { route: "/admin/visit-types", reader: "administrator", path: "/admin/visit-types" },
    { route: "/admin/visit-types/new", reader: "administrator", path: "/admin/visit-types/new" },
    {
      route: "/admin/visit-types/[visitTypeId]",
      reader: "administrator",
      path: `/admin/visit-types/${visitTypeId}`,
    },
    {
      route: "/admin/practitioners/[practitionerId]",
      reader: "administrator",
      path: `/admin/practitioners/${newId()}`,
      status: 404,
    },
  ];
  return { rows, sessions };
}

/** Patients as who keeps the bookings sees them: one without an account, and one who has theirs. */
const patientPages = (
  portal: PortalAddresses,
  { appointmentId }: { appointmentId: string },
  ownPatientId: string,
): Promise<Row[]> =>
  withRows(portal, async (database) => {
    const { patientId } = await database.appointment.findUniqueOrThrow({ where: { id: appointmentId } });
    return [patientId, ownPatientId].map((id) => ({
      route: "/admin/patients/[patientId]",
      reader: "administrator" as const,
      path: `/admin/patients/${id}`,
    }));
  });

/** Conversations, on either side and by personal link. */
function messages({ conversationId, token }: Talk, linked: string): Row[] {
  return [
    { route: "/messages", reader: "patient", path: "/messages" },
    { route: "/messages/[conversationId]", reader: "patient", path: `/messages/${conversationId}` },
    { route: "/messages/[conversationId]", reader: "patient", path: `/messages/${newId()}`, status: 404 },
    { route: "/inbox", reader: "practitioner", path: "/inbox" },
    { route: "/inbox/[conversationId]", reader: "practitioner", path: `/inbox/${conversationId}` },
    { route: "/inbox/[conversationId]", reader: "practitioner", path: `/inbox/${newId()}`, status: 404 },
    { route: "/v/[token]/messages", reader: "anybody", path: `/v/${linked}/messages` },
    { route: "/v/[token]/messages", reader: "anybody", path: `/v/${token}/messages` },
    { route: "/v/[token]/messages", reader: "anybody", path: `/v/${newToken()}/messages`, status: 404 },
  ];
}

/** What administrators do with the clinic's day. */
function administration({
  practitionerId,
  visitTypeId,
  ahead,
  finished,
  soonFree,
}: {
  practitionerId: string;
  visitTypeId: string;
  ahead: { appointmentId: string };
  finished: { appointmentId: string };
  soonFree: string;
}): Row[] {
  const reader = "administrator";
  const tomorrow = Temporal.Now.plainDateISO("UTC").add({ days: 1 });
  const visit = `/admin/calendar/${ahead.appointmentId}`;
  const booking = `/admin/book?practitioner=${practitionerId}&visit=${visitTypeId}`;
  return [
    { route: "/admin/calendar", reader, path: "/admin/calendar" },
    {
      route: "/admin/calendar",
      reader,
      path: `/admin/calendar?date=${tomorrow}&practitioner=${practitionerId}`,
    },
    { route: "/admin/calendar/[appointmentId]", reader, path: visit },
    { route: "/admin/calendar/[appointmentId]", reader, path: `/admin/calendar/${finished.appointmentId}` },
    { route: "/admin/calendar/[appointmentId]", reader, path: `/admin/calendar/${newId()}`, status: 404 },
    { route: "/admin/calendar/[appointmentId]/move", reader, path: `${visit}/move` },
    { route: "/admin/calendar/[appointmentId]/move", reader, path: `${visit}/move?start=${soonFree}` },
    { route: "/admin/calendar/[appointmentId]/cancel", reader, path: `${visit}/cancel` },
    { route: "/admin/book", reader, path: booking },
    { route: "/admin/book", reader, path: `${booking}&start=${soonFree}` },
    { route: "/admin/closures", reader, path: "/admin/closures" },
    { route: "/admin/consents", reader, path: "/admin/consents" },
    { route: "/admin/consents", reader, path: "/admin/consents?kind=treatment" },
    {
      route: "/admin/practitioners/[practitionerId]",
      reader,
      path: `/admin/practitioners/${practitionerId}?plan=new`,
    },
    // A time that is on no grid, so that it takes a reason.
    { route: "/admin/book", reader, path: `${booking}&date=${tomorrow.add({ days: 3 })}&time=10:07` },
  ];
}
