import "server-only";
import { notFound, redirect } from "next/navigation";
import { patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { loadSession } from "@/lib/auth/loaders";
import { findFeedBirth } from "@/lib/booking/data/feed";
import type { FeedOwner, FeedPageDto } from "@/lib/booking/types/feed";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { formatShortDate } from "@/lib/time/format";
import { loadVisitActor } from "./link";

/**
 * Whose calendar a form would make or stop: the account's that is signed in, or that of the patient whose personal link's token came
 * in the body. A link opens one visit, so the calendar of a patient with an account, with all their visits, is not its to make.
 */
export async function loadFeedOwner(
  token: string | undefined,
): Promise<{ owner: FeedOwner; actor: Actor } | undefined> {
  const asked = await loadVisitActor(token);
  if (!asked.ok) return undefined;
  const actor = asked.value;
  if (actor.kind === "user") {
    const hasVisits = actor.patientId !== undefined || actor.practitionerId !== undefined;
    return hasVisits ? { owner: { userId: actor.userId }, actor } : undefined;
  }
  if (actor.kind !== "link") return undefined;
  const patient = await db().patient.findFirst({
    where: {
      appointments: { some: patientScope(actor) },
      userId: null,
      contactUserId: null,
    },
    select: { id: true },
  });
  return patient ? { owner: { patientId: patient.id }, actor } : undefined;
}

/** The page of an account's calendar. */
export async function loadFeedPage(backHref: "/visits" | "/agenda"): Promise<FeedPageDto> {
  if (!(await loadSession())) redirect(`/sign-in?next=${encodeURIComponent(`${backHref}/subscribe`)}`);
  return readFeedPage(undefined, backHref);
}

/** The same for a patient without an account. */
export const loadLinkedFeedPage = (token: string): Promise<FeedPageDto> => readFeedPage(token, `/v/${token}`);

async function readFeedPage(token: string | undefined, backHref: string): Promise<FeedPageDto> {
  const found = await loadFeedOwner(token);
  if (!found) notFound();
  const [viewer, born] = [await loadViewer(), await findFeedBirth(db(), found.actor)];
  return {
    createdOn: born ? formatShortDate(born, viewer) : null,
    backHref,
    isPractitioner: found.actor.kind === "user" && found.actor.practitionerId !== undefined,
  };
}
