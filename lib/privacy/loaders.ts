import "server-only";
import { notFound, redirect } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { accountScope, dependantScope, lookUpScope, ownPatientScope } from "@/lib/access/rules";
import {
  loadConfirmation,
  loadMailDelayed,
  noteRefusal,
  requireRole,
  requireSchedules,
} from "@/lib/auth/loaders";
import type { Confirmation } from "@/lib/auth/types";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { type Locale, languageChoices } from "@/lib/i18n/locales";
import { loadLocale, loadViewer } from "@/lib/i18n/viewer";
import { erasureReasonPlace } from "@/lib/notifications/constants";
import { describeMoment, type MomentDto, type Viewer } from "@/lib/time/format";
import { isBefore, toInstant } from "@/lib/time/instant";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { isAdministrator } from "./ability";
import { findContact } from "./data/contact";
import { unsafeFindErasurePerson } from "./data/erasure-person";
import { findExport, findFetchable } from "./data/exports";
import { planErasure } from "./data/plan";
import { listProfiles } from "./data/profile";
import {
  findErasureRequest,
  findOwnErasure,
  listDependants,
  listOpenErasures,
  unsafeListDecidedErasures,
  unsafeListUnclaimed,
} from "./data/requests";
import { openText } from "./format/opened";
import { isStaff } from "./rules";
import type {
  ErasureRequestDto,
  ErasuresDto,
  ExportDto,
  OwnErasureDto,
  PatientPage,
  ProfilePage,
} from "./types";

/** Where a patient asks for a copy of their data: what confirms that it is they, and what has become of the last one. */
export async function loadDataPage(): Promise<{
  current: ExportDto;
  email: string;
  confirmation: Confirmation;
  delayed: boolean;
}> {
  const { actor, session } = await requireRole("patient", "/account/data");
  const [now, viewer] = [systemNow(), await loadViewer()];
  const [found, confirmation, delayed] = await Promise.all([
    findExport(db(), actor, now),
    loadConfirmation(actor),
    loadMailDelayed(),
  ]);
  if (confirmation.proof === "none") redirect("/account");
  const current: ExportDto = !found
    ? { state: "none" }
    : found.expiresAt
      ? {
          state: "ready",
          expires: describeMoment(toInstant(found.expiresAt), viewer, now),
        }
      : { state: "preparing" };
  const { email } = session.user;
  return { current, email, confirmation, delayed };
}

/**
 * What a mail's link would fetch; looking uses nothing up. Whoever has to sign in first opens the mail once more, since the token goes
 * into no other address.
 *
 * @returns until when, or `undefined` for every link that cannot be used, whatever the reason
 */
export async function loadFetchable(token: string): Promise<MomentDto | undefined> {
  const { actor } = await requireRole("patient", "/account/data");
  const [now, viewer] = [systemNow(), await loadViewer()];
  const found = await findFetchable(db(), actor, token, now);
  return found?.expiresAt ? describeMoment(toInstant(found.expiresAt), viewer, now) : undefined;
}

/** Where a patient asks to be erased: about whom it is, what confirms that it is they, and what has become of the last request. */
export async function loadOwnErasure(): Promise<{
  current: OwnErasureDto;
  email: string;
  confirmation: Confirmation;
  /** Those for whom they speak. */
  dependants: readonly { patientId: string; name: string }[];
}> {
  const { actor, session } = await requireRole("patient", "/account/erasure");
  const [now, viewer] = [systemNow(), await loadViewer()];
  const [found, confirmation, dependants] = await Promise.all([
    findOwnErasure(db(), actor),
    loadConfirmation(actor),
    listDependants(db(), dependantScope(actor)),
  ]);
  if (confirmation.proof === "none") redirect("/account");
  const { email } = session.user;
  return {
    current: describeOwn(found, viewer, now),
    email,
    confirmation,
    dependants: dependants.map(({ id, name }) => ({ patientId: id, name })),
  };
}

function describeOwn(
  found: Awaited<ReturnType<typeof findOwnErasure>>,
  viewer: Viewer,
  now: Temporal.Instant,
): OwnErasureDto {
  const moment = (at: Date) => describeMoment(toInstant(at), viewer, now);
  const about = found?.patient?.name;
  if (found?.status === "requested" || found?.status === "approved")
    return { state: found.status, asked: moment(found.requestedAt), about };
  if (found?.status !== "refused" || !found.decidedAt) return { state: "none" };
  const reason = openText(found.reasonSealed, found.reasonKeyId, erasureReasonPlace(found.id));
  return { state: "refused", decided: moment(found.decidedAt), reason: reason ?? "", about };
}

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

/** One request, with what it would do. */
export async function loadErasureRequest(erasureId: string): Promise<ErasureRequestDto> {
  const { actor } = await requireRole("administrator", `/admin/erasures/${erasureId}`);
  const [now, viewer] = [systemNow(), await loadClinicViewer()];
  const [accounts, patients] = [accountScope(actor), lookUpScope(actor)];
  const request = (await findErasureRequest(db(), accounts, patients, erasureId)) ?? notFound();
  const { user, patient, scope } = request;
  const person = (await unsafeFindErasurePerson(db(), request)) ?? notFound();
  const staff = scope === "account" && user !== null && isStaff(user.roles);
  const email = (user ?? patient)?.email ?? null;
  const [plan, confirmation, unclaimed] = await Promise.all([
    planErasure(db(), { ...person, staff }, now),
    loadConfirmation(actor),
    unsafeListUnclaimed(db(), email, person.patientIds),
  ]);
  return {
    erasureId,
    name: (patient ?? user)?.name ?? "",
    contact: { name: patient?.contactName ?? null, email, phone: patient?.phone ?? null },
    asked: describeMoment(toInstant(request.requestedAt), viewer, now),
    proof: request.proof,
    askedBy: patient && user ? user.name : null,
    dependants: scope === "account" ? (user?.dependants.map(({ name }) => name) ?? []) : [],
    isAccount: scope === "account",
    isStaff: staff,
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

/**
 * What the signed-in patient may correct: about themselves, or about one for whom they speak. Somebody else's is not there.
 */
export async function loadProfilePage(patientId?: string): Promise<ProfilePage> {
  const { actor } = await requireRole("patient", "/account/profile");
  const [profiles, { locale }] = await Promise.all([
    listProfiles(db(), ownPatientScope(actor)),
    loadViewer(),
  ]);
  const profile = profiles.find((one) => (patientId === undefined ? one.isOwn : one.patientId === patientId));
  if (!profile) {
    await noteRefusal("profile", actor);
    notFound();
  }
  return {
    profile,
    others: profiles
      .filter(({ isOwn }) => !isOwn)
      .map(({ patientId: id, name }) => ({ patientId: id, name })),
    ...choicesFor(profile, locale),
  };
}

function choicesFor({ timeZone: kept }: { timeZone: string }, locale: Locale) {
  const zones = listZoneChoices(locale).map(({ timeZone, place }) => ({
    value: timeZone,
    label: `${place} (${timeZone})`,
  }));
  // A zone may be kept under a name that is offered to nobody any more.
  const isListed = zones.some(({ value }) => value === kept);
  return {
    languages: languageChoices(),
    zones: isListed ? zones : [{ value: kept, label: kept }, ...zones],
  };
}

/** One patient for whoever keeps the bookings: how they are reached, and what they ask the clinic for about their data. */
export async function loadPatientPage(patientId: string): Promise<PatientPage> {
  const { actor } = await requireSchedules(`/admin/patients/${patientId}`);
  const [contact, confirmation, locale] = await Promise.all([
    findContact(db(), lookUpScope(actor), patientId),
    loadConfirmation(actor),
    loadLocale(),
  ]);
  if (!contact) {
    await noteRefusal("patient", actor);
    notFound();
  }
  return {
    contact,
    isAdministrator: isAdministrator(actor),
    confirmation,
    ...choicesFor(contact, locale),
  };
}
