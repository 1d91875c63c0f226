import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { CLAIM_REACH_DAYS } from "../constants";
import { foldName } from "../rules";
import type { RequestOrigin } from "./sessions";

/** More than this nobody has booked from one address within a month. */
const MOST = 50;

/**
 * What follows from somebody's having just shown that they read the mail to their account's address: the address is theirs, they have a
 * record as a patient, and what was booked with this address by nobody who was signed in is theirs to manage.
 *
 * A claim gives no more than the mailbox gives already. It takes in patients whose personal links still open something, and joins no
 * two records: one under the account's own name becomes its own where it has none yet, for all others it speaks.
 */
export async function welcomeByMail(
  tx: Tx,
  userId: string,
  { address }: RequestOrigin,
  now: Temporal.Instant,
): Promise<void> {
  // Two sign-ins at once: the second waits here, and finds what the first has claimed.
  await tx.$queryRaw`SELECT "id" FROM "user" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
  const user = await tx.user.update({ where: { id: userId }, data: { emailVerifiedAt: toDate(now) } });
  const found = await findClaimable(tx, user.email, now);
  let own = (await tx.patient.count({ where: { userId } })) > 0;
  for (const patient of found) {
    const isOwn = !own && patient.contact_name === null && foldName(patient.name) === foldName(user.name);
    own ||= isOwn;
    await tx.patient.update({
      where: { id: patient.id },
      data: {
        ...(isOwn ? { userId } : { contactUserId: userId }),
        emailVerifiedAt: toDate(now),
      },
    });
    await recordAudit(
      tx,
      {
        action: "patient.claimed",
        details: { as: isOwn ? "own" : "spoken_for" },
        actor: { kind: "user", pseudonym: user.pseudonym, address },
        outcome: "success",
        subject: patient.pseudonym,
        entity: undefined,
      },
      now,
    );
  }
  // A calendar that was made by a link would go on for ever, and its owner's account could not stop it.
  await tx.accessLink.updateMany({
    where: { patientId: { in: found.map(({ id }) => id) }, purpose: "calendar", revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
  if (!own) await createOwnPatient(tx, user, now);
}

type Claimable = { id: string; name: string; contact_name: string | null; pseudonym: string };

/** Patients who are nobody's yet, the latest first: booked with this address, and not so long ago that their links open nothing. */
function findClaimable(tx: Tx, email: string, now: Temporal.Instant): Promise<Claimable[]> {
  const since = toDate(now.subtract({ hours: CLAIM_REACH_DAYS * 24 }));
  return tx.$queryRaw<Claimable[]>`
    SELECT p."id", p."name", p."contact_name", p."pseudonym" FROM "patient" p
    WHERE p."email" = ${email} AND p."user_id" IS NULL AND p."contact_user_id" IS NULL
      AND (p."created_at" > ${since} OR EXISTS (
        SELECT 1 FROM "appointment" a
        WHERE a."patient_id" = p."id" AND a."status" <> 'pending' AND a."end_at" > ${since}
      ))
    ORDER BY p."id" DESC LIMIT ${MOST} FOR NO KEY UPDATE OF p`;
}

const createOwnPatient = (tx: Tx, { id, name, email, locale, timeZone }: User, now: Temporal.Instant) =>
  tx.patient.create({
    data: {
      id: newId(),
      userId: id,
      name,
      email,
      emailVerifiedAt: toDate(now),
      locale,
      timeZone: timeZone ?? env().CLINIC_TIME_ZONE,
      pseudonym: newId(),
      createdAt: toDate(now),
    },
  });
