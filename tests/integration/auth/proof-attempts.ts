import { lookUpScope } from "@/lib/access/rules";
import type { Role, UserActor } from "@/lib/access/types";
import { createPractitionerAction } from "@/lib/admin/actions/clinic";
import {
  changeRolesAction,
  inviteUserAction,
  resetSecondStepAction,
  sendPasswordResetAction,
  setStandingAction,
  unlinkProviderAction,
} from "@/lib/admin/actions/users";
import { requestEmailChangeAction } from "@/lib/auth/actions/email-change";
import { changePasswordAction } from "@/lib/auth/actions/password";
import { beginSecondStepAction, changeSecondStepAction } from "@/lib/auth/actions/second-step";
import { totpPlace } from "@/lib/auth/constants";
import { findLiveSession } from "@/lib/auth/data";
import { startSession } from "@/lib/auth/mutations/sessions";
import { systemNow } from "@/lib/core/clock";
import type { IDLE } from "@/lib/core/form";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import {
  approveErasureAction,
  correctContactAction,
  requestErasureAction,
  requestExportAction,
} from "@/lib/privacy/actions";
import { findContact } from "@/lib/privacy/data/contact";
import { requestErasure } from "@/lib/privacy/mutations/erasure-request";
import { saveRetentionAction } from "@/lib/retention/actions";
import { PERIODS, RETENTION_KINDS } from "@/lib/retention/constants";
import { seal } from "@/lib/security/seal";
import { newTotpSecret } from "@/lib/security/totp";
import { toDate } from "@/lib/time/instant";
import { exportTrailAction } from "@/lib/trail/actions";
import { makePatient, makeUser } from "@/tests/support/factories";
import type { ProvedAction } from "@/tests/support/proved-actions";

/** Of everybody here. */
export const PASSWORD = "a long demo password";
const ORIGIN = { address: "192.0.2.1", userAgent: "test" };

export type Fields = Readonly<Record<string, string>>;
/** What somebody gives to show that it is they. */
export type Given = { password?: string; code?: string };

/** A form of an action that asks for a proof. */
export type Attempt = {
  /** Whose it is. */
  role: Role;
  send: (previous: typeof IDLE, form: FormData) => Promise<{ status: string; reason?: string }>;
  /** The form without what proves anything, and the rows that it is about. */
  fields: (asker: UserActor) => Promise<Fields> | Fields;
  /** What the password's field is called. */
  passwordField?: "ownPassword" | "password";
  /** It is for accounts without an app, so that it asks for no code, and of one with an app takes none. */
  withoutApp?: true;
  /** A form that is not sent without a code at all. */
  needsCode?: true;
};

const newEmail = () => `${newId()}@example.org`;
const makeDoctor = () => makeUser(db(), { now: systemNow(), roles: ["practitioner"], password: PASSWORD });

/** An authenticator app that shows the codes of the secret. */
const giveApp = (userId: string, secret: string) =>
  db().totp.create({
    data: { userId, ...seal(secret, totpPlace(userId)), lastStep: 0, createdAt: toDate(systemNow()) },
  });

/** Somebody with a password and an authenticator app, signed in. */
export async function signIn(role: Role): Promise<{ actor: UserActor; secret: string }> {
  const now = systemNow();
  const user = await makeUser(db(), { now, roles: [role], password: PASSWORD });
  if (role === "patient") await makePatient(db(), { now, userId: user.id });
  const secret = newTotpSecret();
  await giveApp(user.id, secret);
  const started = await transaction((tx) => startSession(tx, user.id, "totp", ORIGIN, now));
  if (!started.ok) throw new Error("nothing refuses this");
  const live = await findLiveSession(db(), started.value.sessionId, now);
  if (!live) throw new Error("no such session");
  return { actor: live.actor, secret };
}

async function someErasure(): Promise<string> {
  const asker = await signIn("patient");
  const asked = await requestErasure(asker.actor, systemNow());
  if (!asked.ok) throw new Error(asked.reason);
  return asked.value.erasureId;
}

/** A form of administrators about one of the staff. */
const aboutDoctor = (
  send: Attempt["send"],
  further: Fields = {},
  prepare: (userId: string) => Promise<unknown> = async () => undefined,
): Attempt => ({
  role: "administrator",
  send,
  fields: async () => {
    const { id: userId } = await makeDoctor();
    await prepare(userId);
    return { userId, ...further };
  },
});

const changeOfSecondStep = (what: "app" | "codes" | "off"): Attempt => ({
  role: "practitioner",
  send: changeSecondStepAction,
  fields: () => ({ what }),
  passwordField: "password",
  needsCode: true,
});

/** Each action with its forms, the fewest that take every way through it. */
export const ATTEMPTS: Readonly<Record<ProvedAction, readonly Attempt[]>> = {
  approveErasureAction: [
    {
      role: "administrator",
      send: approveErasureAction,
      fields: async () => ({ erasureId: await someErasure() }),
    },
  ],
  beginSecondStepAction: [
    {
      role: "practitioner",
      send: beginSecondStepAction,
      fields: () => ({}),
      passwordField: "password",
      withoutApp: true,
    },
  ],
  createPractitionerAction: [
    {
      role: "administrator",
      send: createPractitionerAction,
      fields: () => ({
        displayName: "Dr Test Example",
        specialtyCode: "cardiology",
        timeZone: "Europe/Berlin",
        "language.en": "on",
        email: newEmail(),
        locale: "en",
      }),
    },
  ],
  inviteUserAction: [
    {
      role: "administrator",
      send: inviteUserAction,
      fields: () => ({ name: "Sasha Sample", email: newEmail(), locale: "en", scheduler: "on" }),
    },
  ],
  sendPasswordResetAction: [aboutDoctor(sendPasswordResetAction)],
  changePasswordAction: [
    {
      role: "practitioner",
      send: changePasswordAction,
      fields: () => ({ password: "kettle under blue rain", repeat: "kettle under blue rain" }),
    },
  ],
  changeRolesAction: [aboutDoctor(changeRolesAction, { administrator: "on" })],
  changeSecondStepAction: [changeOfSecondStep("app"), changeOfSecondStep("codes"), changeOfSecondStep("off")],
  correctContactAction: [
    {
      role: "administrator",
      send: correctContactAction,
      fields: async (asker) => {
        const { id: patientId } = await makePatient(db(), { now: systemNow() });
        const contact = await findContact(db(), lookUpScope(asker), patientId);
        if (!contact) throw new Error("nobody there");
        const { version, name, locale, timeZone } = contact;
        return { patientId, version, name, locale, timeZone, phone: "", email: newEmail() };
      },
    },
  ],
  exportTrailAction: [
    { role: "administrator", send: exportTrailAction, fields: () => ({ format: "csv" }) },
    { role: "administrator", send: exportTrailAction, fields: () => ({ format: "fhir" }) },
  ],
  requestEmailChangeAction: [
    { role: "practitioner", send: requestEmailChangeAction, fields: () => ({ email: newEmail() }) },
  ],
  requestErasureAction: [{ role: "patient", send: requestErasureAction, fields: () => ({}) }],
  requestExportAction: [{ role: "patient", send: requestExportAction, fields: () => ({}) }],
  resetSecondStepAction: [
    aboutDoctor(resetSecondStepAction, {}, (userId) => giveApp(userId, newTotpSecret())),
  ],
  saveRetentionAction: [
    {
      role: "administrator",
      send: saveRetentionAction,
      fields: () =>
        Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, String(PERIODS[kind].standard - 1)])),
    },
  ],
  setStandingAction: [
    aboutDoctor(setStandingAction, { standing: "disabled" }),
    aboutDoctor(setStandingAction, { standing: "active" }, (id) =>
      db().user.update({ where: { id }, data: { disabledAt: toDate(systemNow()) } }),
    ),
  ],
  unlinkProviderAction: [
    aboutDoctor(unlinkProviderAction, {}, (userId) =>
      db().providerLink.create({
        data: {
          id: newId(),
          userId,
          issuer: "https://login.example.org",
          subject: newId(),
          createdAt: toDate(systemNow()),
        },
      }),
    ),
  ],
};
