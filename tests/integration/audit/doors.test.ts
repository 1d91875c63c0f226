import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as earlier } from "@/app/api/conversations/[conversationId]/earlier/route";
import { POST as discard } from "@/app/api/conversations/[conversationId]/files/[attachmentId]/discard/route";
import { POST as upload } from "@/app/api/conversations/[conversationId]/files/route";
import { POST as mark } from "@/app/api/conversations/[conversationId]/mark/route";
import { POST as search } from "@/app/api/conversations/[conversationId]/search/route";
import { POST as exports } from "@/app/api/exports/route";
import { GET as file } from "@/app/api/files/[attachmentId]/route";
import { POST as live } from "@/app/api/live/route";
import { POST as thirdJoin } from "@/app/api/third/join/route";
import { POST as join } from "@/app/api/visits/[appointmentId]/join/route";
import { GET as linkedCalendar } from "@/app/v/[token]/calendar.ics/route";
import { GET as calendar } from "@/app/visit/[appointmentId]/calendar.ics/route";
import { GET as summary } from "@/app/visit/[appointmentId]/summary.pdf/route";
import { loadSetupLink } from "@/lib/admin/loaders/clinic";
import { signInWithLinkAction } from "@/lib/auth/actions/email-link";
import { acceptInvitationAction, resetPasswordAction, signInCodeAction } from "@/lib/auth/actions/sign-in";
import {
  loadEmailChange,
  loadInvitation,
  loadPasswordReset,
  loadSignInLink,
  requireRole,
} from "@/lib/auth/loaders";
import { startSession } from "@/lib/auth/mutations/sessions";
import { loadFeed } from "@/lib/booking/loaders/feed";
import { loadLinkedEntry, loadOwnEntry } from "@/lib/booking/loaders/waitlist";
import { IDLE } from "@/lib/core/form";
import { newId, newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { loadProfilePage } from "@/lib/privacy/loaders/own";
import { loadPlace } from "@/lib/queue/loaders/place";
import { loadConversation } from "@/lib/visits/loaders/conversation";
import { loadThirdPerson } from "@/lib/visits/loaders/third";
import { loadLinkedVisit, loadPatientVisit } from "@/lib/visits/loaders/visit";
import { makePatient, makeUser } from "@/tests/support/factories";

const ADDRESS = "192.0.2.7";
const OWN = "http://localhost:3000";
process.env.TRUSTED_PROXIES = "127.0.0.1";

let sid: string | undefined;
let sent: Headers;
vi.mock("next-auth", () => ({ getServerSession: async () => (sid ? { sid } : null) }));
vi.mock("next/headers", () => ({ headers: async () => sent, cookies: async () => new Map() }));

const now = Temporal.Now.instant();
let pseudonym: string;

beforeAll(async () => {
  const user = await makeUser(db(), { now, roles: ["patient"] });
  await makePatient(db(), { now, userId: user.id });
  pseudonym = user.pseudonym;
  const origin = { address: undefined, userAgent: undefined };
  const started = await transaction((tx) => startSession(tx, user.id, "password", origin, now));
  if (!started.ok) throw new Error("no session");
  sid = started.value.sessionId;
});
beforeEach(() => {
  sent = new Headers({ origin: OWN, "x-forwarded-for": `${ADDRESS}, 127.0.0.1` });
});
afterAll(closeDb);

const id = newId();
const params = <P>(value: P) => ({ params: Promise.resolve(value) });
const post = (body: object | FormData | string, headers: Record<string, string> = { origin: OWN }) =>
  new Request(`${OWN}/door?as=patient`, {
    method: "POST",
    headers: {
      ...headers,
      ...(body instanceof FormData ? {} : { "content-type": "application/json" }),
    },
    body: body instanceof FormData || typeof body === "string" ? body : JSON.stringify(body),
  });
const get = () => new Request(`${OWN}/door`);

function someFile(): FormData {
  const form = new FormData();
  form.set("file", new File(["%PDF-1.7\n%%EOF\n"], "a.pdf", { type: "application/pdf" }));
  return form;
}

/** A stream ends at once when its browser leaves. */
async function openLive(): Promise<void> {
  const answer = await live(post({ keys: [{ key: `appointment:${id}` }] }));
  await answer.body?.cancel();
}

/** Doors that say by a page that is not found; a page of staff's that somebody is led away from is none of these. */
const closed = (open: () => Promise<unknown>) => () => expect(open()).rejects.toThrow(/NEXT_HTTP_ERROR/);

/** What somebody who is signed in tries, with nothing of it theirs. */
const OF_ACCOUNTS: [string, () => Promise<unknown>][] = [
  ["messages.earlier", () => earlier(post({ as: "patient", before: 5 }), params({ conversationId: id }))],
  ["messages.search", () => search(post({ as: "patient", query: "pain" }), params({ conversationId: id }))],
  [
    "messages.mark",
    () => mark(post({ as: "patient", delivered: 1, read: 1 }), params({ conversationId: id })),
  ],
  ["conversation", closed(() => loadConversation("patient", id))],
  ["files.upload", () => upload(post(someFile()), params({ conversationId: id }))],
  ["files.discard", () => discard(post({}), params({ attachmentId: id }))],
  ["files.read", () => file(get(), params({ attachmentId: id }))],
  ["privacy.fetch-export", () => exports(post(`token=${newToken()}`))],
  ["live", openLive],
  ["visits.join", () => join(post({}), params({ appointmentId: id }))],
  ["appointment.read", closed(() => loadPatientVisit(id))],
  ["appointment.calendar", () => calendar(get(), params({ appointmentId: id }))],
  ["summary.pdf", () => summary(get(), params({ appointmentId: id }))],
  ["profile", closed(() => loadProfilePage(id))],
  ["waitlist.entry", () => loadOwnEntry(id)],
  ["page.administrator", closed(() => requireRole("administrator", "/admin"))],
];

const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const NEW_PASSWORD = {
  token: newToken(),
  password: "kettle under blue rain",
  repeat: "kettle under blue rain",
};

/** What anybody tries with a link that opens nothing. */
const OF_LINKS: [string, () => Promise<unknown>][] = [
  ["link.visit", closed(() => loadLinkedVisit(newToken()))],
  ["link.visit", () => linkedCalendar(get(), params({ token: newToken() }))],
  ["link.third_person", closed(() => loadThirdPerson(newToken()))],
  ["link.queue", closed(() => loadPlace(newToken()))],
  ["link.waitlist", () => loadLinkedEntry(newToken())],
  ["link.calendar", () => loadFeed(newToken())],
  ["link.sign-in", () => loadSignInLink(newToken())],
  ["link.invitation", () => loadInvitation(newToken())],
  ["link.new-password", () => loadPasswordReset(newToken())],
  ["link.email-change", () => loadEmailChange(newToken())],
  ["link.setup", () => loadSetupLink(newToken())],
  ["auth.sign-in-link", () => signInWithLinkAction(IDLE, formOf({ token: newToken() }))],
  ["auth.accept-invitation", () => acceptInvitationAction(IDLE, formOf(NEW_PASSWORD))],
  ["auth.reset-password", () => resetPasswordAction(IDLE, formOf(NEW_PASSWORD))],
  ["auth.sign-in-code", () => signInCodeAction(IDLE, formOf({ code: "123456" }))],
  ["visits.joinThird", () => thirdJoin(post({ token: newToken() }))],
  [
    "messages.earlier",
    () => earlier(post({ as: "patient", before: 5, token: newToken() }), params({ conversationId: id })),
  ],
];

const countOf = async (door: string) =>
  (await db().refusalTally.findMany({ where: { door } })).reduce((sum, { count }) => sum + count, 0);

describe("a door that lets somebody not in", () => {
  it.each(OF_ACCOUNTS)("is in the trail with who it was and from where: %s", async (door, attempt) => {
    await attempt();
    const events = await db().auditEvent.findMany({
      where: { actorPseudonym: pseudonym, details: { equals: { door } } },
    });
    expect(events).toMatchObject([{ action: "access.refused", outcome: "refused", address: ADDRESS }]);
  });

  it.each(OF_LINKS)("is counted for strangers, who are nobody: %s", async (door, attempt) => {
    const [before, session] = [await countOf(door), sid];
    sid = undefined;
    try {
      await attempt();
    } finally {
      sid = session;
    }
    expect(await countOf(door)).toBe(before + 1);
  });

  it.each([
    [
      "messages.earlier.foreign",
      (headers: Record<string, string>) => earlier(post({}, headers), params({ conversationId: id })),
    ],
    [
      "files.upload.foreign",
      (headers: Record<string, string>) => upload(post(someFile(), headers), params({ conversationId: id })),
    ],
    ["privacy.fetch-export.foreign", (headers: Record<string, string>) => exports(post("", headers))],
    ["live.foreign", (headers: Record<string, string>) => live(post({}, headers))],
  ])("is counted for pages of other sites, and held against nobody: %s", async (door, attempt) => {
    const before = await db().auditEvent.count({ where: { actorPseudonym: pseudonym } });
    expect((await attempt({ origin: "https://other.example" })).status).toBe(403);
    expect(await countOf(door)).toBe(1);
    expect(await db().auditEvent.count({ where: { actorPseudonym: pseudonym } })).toBe(before);
  });
});
