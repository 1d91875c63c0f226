import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor, Role } from "@/lib/access/types";
import * as actions from "@/lib/admin/actions/clinic";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { emptyClinic } from "@/tests/support/empty";
import { makePractitioner, makeVisitType } from "@/tests/support/factories";

let actor: Actor = { kind: "anonymous" };
let origin: string;

vi.mock("@/lib/auth/loaders", () => ({ loadActor: async () => actor }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin }),
  cookies: async () => new Map(),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

const somebody = (...roles: Role[]): Actor => ({
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles,
  practitionerId: roles.includes("practitioner") ? newId() : undefined,
  patientId: roles.includes("patient") ? newId() : undefined,
  pseudonym: newId(),
});

const STRANGERS: [string, () => Actor][] = [
  ["nobody", () => ({ kind: "anonymous" })],
  ["a patient", () => somebody("patient")],
  ["a practitioner", () => somebody("practitioner")],
  [
    "the holder of a personal link",
    () => ({ kind: "link", appointmentId: newId(), patientPseudonym: newId() }),
  ],
];

const visitTypeFields = {
  nameEn: "Check",
  nameRu: "Осмотр",
  durationMinutes: "20",
  intervalMinutes: "20",
  bufferBeforeMinutes: "0",
  bufferAfterMinutes: "0",
  minNoticeMinutes: "0",
  horizonDays: "30",
  maxPerDay: "",
  changeNoticeMinutes: "0",
  reminderMinutes: "1440, 60",
};
const practitionerFields = {
  displayName: "Dr Intruder Example",
  specialtyCode: "cardiology",
  timeZone: "Europe/Berlin",
  "language.en": "on",
};

describe("the administration's actions", () => {
  let practitionerId: string;
  let visitTypeId: string;

  beforeAll(() => {
    origin = new URL(env().PORTAL_URL).origin;
  });
  beforeEach(async () => {
    await emptyClinic();
    ({ id: visitTypeId } = await makeVisitType(db(), { now: systemNow() }));
    ({ id: practitionerId } = await makePractitioner(db(), {
      visitTypeIds: [visitTypeId],
      now: systemNow(),
    }));
  });
  afterAll(closeDb);

  const attempts = (): [string, () => Promise<{ status: string }>][] => {
    const send =
      (action: (typeof actions)[keyof typeof actions], fields: Record<string, string>) => async () => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.set(name, value);
        return action({ status: "idle" }, form);
      };
    return [
      [
        "add a practitioner",
        send(actions.createPractitionerAction, {
          ...practitionerFields,
          email: "intruder@example.org",
          locale: "en",
        }),
      ],
      [
        "change a practitioner",
        send(actions.updatePractitionerAction, { ...practitionerFields, practitionerId }),
      ],
      ["invite again", send(actions.resendInvitationAction, { practitionerId })],
      ["add a visit type", send(actions.createVisitTypeAction, visitTypeFields)],
      ["change a visit type", send(actions.updateVisitTypeAction, { ...visitTypeFields, visitTypeId })],
      [
        "ask a question",
        send(actions.saveIntakeQuestionAction, {
          visitTypeId,
          kind: "text",
          labelEn: "Why?",
          labelRu: "Зачем?",
        }),
      ],
      ["ask no more", send(actions.archiveIntakeQuestionAction, { questionId: newId() })],
      ["move a question", send(actions.moveIntakeQuestionAction, { questionId: newId(), direction: "up" })],
      [
        "publish a consent",
        send(actions.publishConsentTextAction, {
          kind: "data",
          afterVersion: "0",
          textEn: "Yes",
          textRu: "Да",
        }),
      ],
    ];
  };

  /** Everything that an administrator could have changed. */
  const clinic = async () => ({
    users: await db().user.findMany(),
    practitioners: await db().practitioner.findMany(),
    visitTypes: await db().visitType.findMany(),
    questions: await db().intakeQuestion.findMany(),
    consents: await db().consentText.findMany(),
    mails: await db().notification.findMany(),
  });

  it.each(STRANGERS)("refuse %s, and nothing changes", async (_name, who) => {
    const before = await clinic();
    actor = who();
    for (const [what, attempt] of attempts())
      expect(await attempt(), what).toMatchObject({ status: "refused", reason: "forbidden" });
    expect(await clinic()).toEqual(before);
  });

  it("refuse an administrator's browser that was sent here from another site", async () => {
    const before = await clinic();
    actor = somebody("administrator");
    const own = origin;
    try {
      for (const foreign of ["https://elsewhere.example", "null"]) {
        origin = foreign;
        for (const [what, attempt] of attempts())
          expect(await attempt(), what).toMatchObject({ status: "refused", reason: "forbidden" });
      }
    } finally {
      origin = own;
    }
    expect(await clinic()).toEqual(before);
  });

  it("obey an administrator", async () => {
    actor = somebody("administrator");
    const byName = new Map(attempts());
    expect(await byName.get("change a visit type")?.()).toEqual({ status: "done" });
    expect(await byName.get("invite again")?.()).toEqual({ status: "done" });
  });

  it("keep what was typed when a field is wrong", async () => {
    actor = somebody("administrator");
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...visitTypeFields, durationMinutes: "4" }))
      form.set(name, value);
    expect(await actions.createVisitTypeAction({ status: "idle" }, form)).toEqual({
      status: "refused",
      reason: "invalid",
      fields: { durationMinutes: "out_of_range" },
      values: { ...visitTypeFields, durationMinutes: "4" },
    });
  });
});
