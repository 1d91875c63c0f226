import "server-only";
import { cache } from "react";
import type { Actor, LinkActor } from "@/lib/access/types";
import { loadActor, loadAddress, noteRefusal } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { findLinkedAppointment } from "../data/visits";
import { linkRights } from "../rules/windows";
import type { LinkRights } from "../types/visit";

export type PersonalLink = { actor: LinkActor; rights: Exclude<LinkRights, "none"> };

/** Who holds this personal link and what it still opens; `undefined` for every link that opens nothing, whatever the reason. */
export const loadPersonalLink = cache(async (token: string): Promise<PersonalLink | undefined> => {
  const linked = await findLinkedAppointment(db(), token);
  const rights = linked ? linkRights(linked, systemNow()) : "none";
  if (!linked || rights === "none") {
    await noteRefusal("link.visit");
    return undefined;
  }
  const { appointmentId, patientPseudonym } = linked;
  return { actor: { kind: "link", appointmentId, patientPseudonym, address: await loadAddress() }, rights };
});

/**
 * Who asks for what is open before a visit and in it: the holder of the link whose token came with it, else whoever is signed in. A link
 * opens its own visit only.
 *
 * @returns nobody for a link that opens nothing; `ended` for one that opens no more than what goes on after its visit
 */
export async function loadVisitActor(token: string | undefined): Promise<Result<Actor, "ended">> {
  const { actor, rights } = await loadHolder(token);
  return rights === "after" ? refuse("ended") : ok(actor);
}

/**
 * The same for what goes on after a visit: see {@link LinkRights}. Whatever asks here has its reason in `tests/architecture/links`.
 */
export async function loadActorAfterVisit(token: string | undefined): Promise<Actor> {
  return (await loadHolder(token)).actor;
}

async function loadHolder(token: string | undefined): Promise<{ actor: Actor; rights: LinkRights }> {
  if (token === undefined) return { actor: await loadActor(), rights: "full" };
  const link = await loadPersonalLink(token);
  return link ?? { actor: { kind: "anonymous", address: await loadAddress() }, rights: "none" };
}

/**
 * Whose visit a form would change, and where its page is: that of the link whose token came in the body, else one of whoever is
 * signed in. A link whose visit is over, or none, changes nothing.
 */
export async function loadChanger({
  token,
  appointmentId,
}: {
  token?: string | undefined;
  appointmentId?: string | undefined;
}): Promise<{ actor: Actor; appointmentId: string; path: string } | undefined> {
  const asked = await loadVisitActor(token);
  if (!asked.ok) return undefined;
  const actor = asked.value;
  if (token === undefined)
    return appointmentId ? { actor, appointmentId, path: `/visit/${appointmentId}` } : undefined;
  if (actor.kind !== "link") return undefined;
  return { actor, appointmentId: actor.appointmentId, path: `/v/${token}` };
}
