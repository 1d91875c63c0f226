import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as discard } from "@/app/api/conversations/[conversationId]/files/[attachmentId]/discard/route";
import { POST as upload } from "@/app/api/conversations/[conversationId]/files/route";
import { POST as mark } from "@/app/api/conversations/[conversationId]/mark/route";
import { POST as arrive } from "@/app/api/visits/[appointmentId]/arrive/route";
import { POST as callAgain } from "@/app/api/visits/[appointmentId]/call-again/route";
import { POST as check } from "@/app/api/visits/[appointmentId]/check/route";
import { POST as end } from "@/app/api/visits/[appointmentId]/end/route";
import { POST as enter } from "@/app/api/visits/[appointmentId]/entry/route";
import { POST as joinVisit } from "@/app/api/visits/[appointmentId]/join/route";
import { POST as seats } from "@/app/api/visits/[appointmentId]/seats/route";
import { POST as start } from "@/app/api/visits/[appointmentId]/start/route";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { backToPlaceAction } from "@/lib/queue/actions/place";
import { giveFeedbackAction } from "@/lib/records/actions";
import { mintVisitLink } from "@/lib/security/access-link";
import { toDate } from "@/lib/time/instant";
import { agreeAction } from "@/lib/visits/actions/agree";
import { cancelVisitAction, moveVisitAction } from "@/lib/visits/actions/change";
import { joinCardAction } from "@/lib/visits/actions/chat";
import { createFeedAction, revokeFeedAction } from "@/lib/visits/actions/feed";
import { openConversationAction, sendMessageAction } from "@/lib/visits/actions/messages";
import { inviteThirdPersonAction, revokeThirdPersonAction } from "@/lib/visits/actions/people";
import { rebookAction } from "@/lib/visits/actions/rebook";
import { recordingAction } from "@/lib/visits/actions/recording";
import { startFromChat } from "@/lib/visits/mutations/start-from-chat";
import { PDF } from "@/tests/support/files";
import { minuteNow } from "../booking/clinic";
import { makeScanner } from "../messaging/scanner";
import { beginTalk, type Talk } from "../messaging/talk";

const OWN = "http://localhost:3000";
const scanner = makeScanner();
const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { SCAN_COMMAND: scanner.command, DATA_DIR, TRUECONF_GUEST_SEATS: "1000" });

vi.mock("next-auth", () => ({ getServerSession: async () => null }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: OWN }),
  cookies: async () => new Map(),
}));
vi.mock("next/cache", () => ({ refresh: () => undefined, revalidatePath: () => undefined }));
vi.mock("next/navigation", () => ({
  redirect: (path: string) => {
    throw new Error(`led to ${path}`);
  },
}));

const now = minuteNow();
const yesterday = now.subtract({ hours: 24 });
let talk: Talk;
let token: string;

/** Two whose visit was yesterday, and the patient's link to it. */
beforeAll(async () => {
  talk = await beginTalk(yesterday);
  const { appointmentId } = talk;
  token = await mintVisitLink(db(), appointmentId, yesterday);
  await db().appointment.update({ where: { id: appointmentId }, data: { status: "fulfilled" } });
  const at = toDate(yesterday);
  await db().encounter.update({
    where: { appointmentId },
    data: { status: "finished", arrivedAt: at, startedAt: at, endedAt: at },
  });
});
afterAll(async () => {
  await closeDb();
  scanner.remove();
  rmSync(DATA_DIR, { recursive: true });
});

type Action = (state: never, sent: FormData) => Promise<unknown>;

/** What a form by the link answers: its refusal, or where it leads. */
const form =
  (action: Action, fields: Readonly<Record<string, string>> = {}) =>
  async () => {
    const sent = new FormData();
    for (const [name, value] of Object.entries({ token, appointmentId: talk.appointmentId, ...fields }))
      sent.set(name, value);
    try {
      const state = (await action({ status: "idle" } as never, sent)) as { status: string; reason?: string };
      return state.reason ?? state.status;
    } catch (error) {
      const led = error instanceof Error ? /^led to (\S+?)(\/[\w-]{43})?(\/\S*)?$/.exec(error.message) : null;
      if (!led) throw error;
      return `${led[1]}${led[2] ? "/…" : ""}${led[3] ?? ""}`;
    }
  };

const post = (body: object, headers: Record<string, string> = {}) =>
  new Request(`${OWN}/door?as=patient`, {
    method: "POST",
    headers: {
      origin: OWN,
      ...(body instanceof FormData ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body instanceof FormData ? body : JSON.stringify({ token, ...body }),
  });
const params = <P>(value: P) => ({ params: Promise.resolve(value) });

type VisitDoor = typeof arrive;

/** What a door of the visit answers. */
const door =
  (open: VisitDoor, body: object = {}) =>
  async () => {
    const answer = await open(post(body), params({ appointmentId: talk.appointmentId }));
    const { reason } = (await answer.json()) as { reason?: string };
    return `${answer.status} ${reason}`;
  };

const FINDINGS = { browser: true, camera: true, microphone: true, speaker: null, network: true };

/** Everything that a link does before its visit and in it, and what a link whose visit is over is answered. */
const OVER: [string, () => Promise<string>, string][] = [
  ["moves it", form(moveVisitAction, { startAt: now.add({ hours: 48 }).toString() }), "not_found"],
  ["cancels it", form(cancelVisitAction, { reason: "" }), "not_found"],
  ["agrees to what is missing", form(agreeAction), "not_found"],
  ["takes a recording back", form(recordingAction, { answer: "withdraw" }), "not_found"],
  ["goes back into the line", form(backToPlaceAction), "not_found"],
  ["asks somebody in", form(inviteThirdPersonAction, { kind: "relative", name: "Mia Beispiel" }), "ended"],
  ["sends somebody away", form(revokeThirdPersonAction, { thirdPersonId: newId() }), "ended"],
  ["makes a calendar", form(createFeedAction), "not_found"],
  ["stops the calendar", form(revokeFeedAction), "not_found"],
  ["arrives", door(arrive), "409 ended"],
  ["checks the devices", door(check, FINDINGS), "409 ended"],
  ["joins", door(joinVisit), "409 ended"],
  ["starts", door(start), "409 ended"],
  ["ends", door(end), "409 ended"],
  ["calls again", door(callAgain), "409 ended"],
  ["chooses the way in", door(enter, { entry: "guest" }), "409 ended"],
  ["looks for seats", door(seats), "409 ended"],
];

/** Every attempt may leave a row in these: it is written down, or counted. */
const NOTED = ["audit_event", "audit_chain", "rate_limit", "refusal_tally"];

/** A sum over every row of every other table. */
async function sumsOfRows(): Promise<Record<string, string>> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_%'`;
  const queries = tables
    .filter(({ name }) => !NOTED.includes(name))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(r::text, 0)), 0) AS sum FROM "${name}" r`,
    );
  const sums = await db().$queryRawUnsafe<{ name: string; sum: string }[]>(queries.join(" UNION ALL "));
  return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]));
}

describe("a personal link whose visit is over", () => {
  it.each(OVER)("changes nothing of it: who %s is refused", async (_what, attempt, answer) => {
    const before = await sumsOfRows();
    expect(await attempt()).toBe(answer);
    expect(await sumsOfRows()).toEqual(before);
  });

  it("still writes to the practitioner, and marks what was read", async () => {
    const { conversationId } = talk;
    const message = { conversationId, as: "patient", text: "Thank you", clientId: newId() };
    expect(await form(sendMessageAction, message)()).toBe("done");
    expect(await form(openConversationAction, { as: "patient" })()).toBe("/v/…/messages");
    await sendMessage(
      talk.practitioner,
      "practitioner",
      { conversationId, text: "How are you?", clientId: newId() },
      now,
    );
    const marked = { as: "patient", delivered: 2, read: 2 };
    expect((await mark(post(marked), params({ conversationId }))).status).toBe(200);
    expect(
      await db().conversationReader.findFirst({ where: { conversationId, side: "patient" } }),
    ).toMatchObject({ readSequence: 2 });
  });

  it("still attaches a file, and takes it back", async () => {
    const { conversationId } = talk;
    const file = new FormData();
    file.set("file", new File([PDF], "a.pdf", { type: "application/pdf" }));
    const taken = await upload(post(file, { authorization: `Bearer ${token}` }), params({ conversationId }));
    const { attachmentId } = (await taken.json()) as { attachmentId: string };
    const gone = await discard(post({}), params({ conversationId, attachmentId }));
    expect(gone.status).toBe(200);
    expect(await db().attachment.count({ where: { id: attachmentId } })).toBe(0);
  });

  it("says how it was, and books another only in the place of one that was missed", async () => {
    expect(await form(giveFeedbackAction, { quality: "4", comment: "" })()).toBe("done");
    expect(await form(rebookAction, { startAt: now.add({ hours: 48 }).toString() })()).toBe("not_missed");
  });

  it("leads into the visit that the practitioner begins in the conversation, and into no other", async () => {
    expect(await form(joinCardAction)()).toBe("not_found");
    const begun = await startFromChat(talk.practitioner, talk.conversationId, now);
    if (!begun.ok) throw new Error(begun.reason);
    const { appointmentId } = begun.value;
    expect(await form(joinCardAction, { appointmentId })()).toBe("/v/…");
    expect(await db().accessLink.count({ where: { appointmentId } })).toBe(1);
  });
});
