import "server-only";
import { notFound, redirect } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { dependantScope, ownPatientScope } from "@/lib/access/rules";
import { loadConfirmation, loadMailDelayed, noteRefusal, requireRole } from "@/lib/auth/loaders";
import type { Confirmation } from "@/lib/auth/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { erasureReasonPlace } from "@/lib/notifications/constants";
import { describeMoment, type MomentDto, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { findExport, findFetchable } from "../data/exports";
import { listProfiles } from "../data/profile";
import { findOwnErasure, listDependants } from "../data/requests";
import { choicesFor } from "../format/choices";
import { openText } from "../format/opened";
import type { ExportDto, OwnErasureDto, ProfilePage } from "../types";

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
