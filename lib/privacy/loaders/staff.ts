import "server-only";
import { notFound } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { accountScope, auditActor, lookUpScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordOnce } from "@/lib/audit/mutations";
import type { AuditInput } from "@/lib/audit/types";
import { loadConfirmation, noteRefusal, requireRole, requireSchedules } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { loadLocale } from "@/lib/i18n/viewer";
import { describeMoment, type Viewer } from "@/lib/time/format";
import { isBefore, toInstant } from "@/lib/time/instant";
import { isAdministrator } from "../ability";
import { findContact, findPseudonym } from "../data/contact";
import { unsafeFindErasurePerson } from "../data/erasure-person";
import { planErasure } from "../data/plan";
import {
  findErasureRequest,
  listOpenErasures,
  unsafeListDecidedErasures,
  unsafeListUnclaimed,
} from "../data/requests";
import { choicesFor } from "../format/choices";
import { isAccountKept } from "../rules";
import type { ErasureRequestDto, ErasuresDto, PatientPage } from "../types";

const loadClinicViewer = async (): Promise<Viewer> => ({
  locale: await loadLocale(),
  timeZone: env().CLINIC_TIME_ZONE,
});

/** What waits to be decided, and what was. */
export async function loadErasures(): Promise<ErasuresDto> {
  const { actor } = await requireRole("administrator", "/admin/erasures");
  const [now, viewer] = [systemNow(), await loadClinicViewer()];
  const moment = (at: Date) => describeMoment(toInstant(at), viewer, now);
  const open = await listOpenErasures(db(), accountScope(actor), lookUpScope(actor));
  return {
    open: open.map(({ id, user, patient, requestedAt, status }) => ({
      erasureId: id,
      name: (patient ?? user)?.name ?? "",
      asked: moment(requestedAt),
      isApproved: status === "approved",
    })),
    decided: (await unsafeListDecidedErasures(db())).map(({ id, requestedAt, decidedAt, status }) => ({
      erasureId: id,
      asked: moment(requestedAt),
      decided: decidedAt && moment(decidedAt),
      isDone: status === "done",
    })),
  };
}

/**
 * One request, with what it would do. Whose it is reads in the trail that it was opened, and so does everybody who came up because a booking of
 * theirs has the same address.
 */
export async function loadErasureRequest(erasureId: string): Promise<ErasureRequestDto> {
  const { actor } = await requireRole("administrator", `/admin/erasures/${erasureId}`);
  const [now, viewer] = [systemNow(), await loadClinicViewer()];
  const [accounts, patients] = [accountScope(actor), lookUpScope(actor)];
  const request = await findErasureRequest(db(), accounts, patients, erasureId);
  if (!request) {
    await noteRefusal("erasure", actor);
    notFound();
  }
  const { user, patient, scope } = request;
  const person = (await unsafeFindErasurePerson(db(), request)) ?? notFound();
  const accountStays = scope === "account" && user !== null && isAccountKept(user);
  const email = (user ?? patient)?.email ?? null;
  const [plan, confirmation, unclaimed] = await Promise.all([
    planErasure(db(), { ...person, accountStays }, now),
    loadConfirmation(actor),
    unsafeListUnclaimed(db(), email, person.patientIds),
  ]);
  const opened = {
    action: "erasure.read",
    details: {},
    subject: (patient ?? user)?.pseudonym,
    entity: { type: "erasure", id: erasureId },
  } as const;
  await noteOnce(actor, [opened, ...unclaimed.map(cameUp)], now);
  return {
    erasureId,
    name: (patient ?? user)?.name ?? "",
    contact: { name: patient?.contactName ?? null, email, phone: patient?.phone ?? null },
    asked: describeMoment(toInstant(request.requestedAt), viewer, now),
    proof: request.proof,
    askedBy: patient && user ? user.name : null,
    dependants: scope === "account" ? (user?.dependants.map(({ name }) => name) ?? []) : [],
    isAccount: scope === "account",
    accountStays,
    goes: plan.goes,
    kept: plan.kept.map(({ until, ...row }) => ({
      ...row,
      until: describeMoment(until, viewer, now),
      isOver: !isBefore(now, until),
    })),
    stays: plan.stays,
    ahead: plan.ahead,
    running: plan.running,
    unclaimed: unclaimed.map(({ id, name, createdAt, _count }) => ({
      patientId: id,
      name,
      since: describeMoment(toInstant(createdAt), viewer, now).date,
      visits: _count.appointments,
    })),
    confirmation,
  };
}

type Reading = Pick<AuditInput, "subject" | "entity"> & {
  action: "erasure.read" | "patient.read" | "patient.found";
  details: Record<never, never>;
};

const cameUp = ({ pseudonym }: { pseudonym: string }): Reading => ({
  action: "patient.found",
  details: {},
  subject: pseudonym,
  entity: undefined,
});

/** Writes once for a sitting what is about to be shown. */
const noteOnce = (actor: UserActor, readings: readonly Reading[], now: Temporal.Instant) =>
  transaction(async (tx) => {
    const by = { actor: auditActor(actor), outcome: "success" } as const;
    await recordOnce(
      tx,
      readings.map((reading) => ({ ...by, ...reading })),
      now,
    );
    return ok();
  });

/**
 * One patient for whoever keeps the bookings: how they are reached, and what they ask the clinic for about their data. That it was looked at is
 * in the trail.
 */
export async function loadPatientPage(patientId: string): Promise<PatientPage> {
  const { actor } = await requireSchedules(`/admin/patients/${patientId}`);
  const [contact, subject, confirmation, locale] = await Promise.all([
    findContact(db(), lookUpScope(actor), patientId),
    findPseudonym(db(), lookUpScope(actor), patientId),
    loadConfirmation(actor),
    loadLocale(),
  ]);
  if (!contact || !subject) {
    await noteRefusal("patient", actor);
    notFound();
  }
  await noteOnce(actor, [{ action: "patient.read", details: {}, subject, entity: undefined }], systemNow());
  return {
    contact,
    isAdministrator: isAdministrator(actor),
    confirmation,
    ...choicesFor(contact, locale),
  };
}
