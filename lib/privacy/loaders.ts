import "server-only";
import { redirect } from "next/navigation";
import { findOwnProof, findSecondStep } from "@/lib/auth/data";
import { loadMailDelayed, requireRole } from "@/lib/auth/loaders";
import type { OwnProof } from "@/lib/auth/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, type MomentDto } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { findExport, findFetchable } from "./data/exports";
import type { ExportDto } from "./types";

/** Where a patient asks for a copy of their data: what confirms that it is they, and what has become of the last one. */
export async function loadDataPage(): Promise<{
  current: ExportDto;
  email: string;
  proof: OwnProof;
  hasSecondStep: boolean;
  delayed: boolean;
}> {
  const { actor, session } = await requireRole("patient", "/account/data");
  const [now, viewer] = [systemNow(), await loadViewer()];
  const [found, proof, secondStep, delayed] = await Promise.all([
    findExport(db(), actor.userId, now),
    findOwnProof(db(), actor, now),
    findSecondStep(db(), actor.userId),
    loadMailDelayed(),
  ]);
  if (proof === "none") redirect("/account");
  const current: ExportDto = !found
    ? { state: "none" }
    : found.expiresAt
      ? {
          state: "ready",
          expires: describeMoment(toInstant(found.expiresAt), viewer, now),
        }
      : { state: "preparing" };
  const { email } = session.user;
  return { current, email, proof, hasSecondStep: secondStep !== undefined, delayed };
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
  const found = await findFetchable(db(), actor.userId, token, now);
  return found?.expiresAt ? describeMoment(toInstant(found.expiresAt), viewer, now) : undefined;
}
