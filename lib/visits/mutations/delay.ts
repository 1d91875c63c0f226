import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { toDateColumn } from "@/lib/availability/mutations/weekly-hours";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockPractitioners } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { findDelayMinutes } from "@/lib/notifications/data";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { readVisitSettings } from "../data/settings";

/**
 * A practitioner says how late they run today, by their own calendar; zero takes it back. Every patient of the day whose visit nobody
 * has started sees the new time; who has not arrived is mailed, each time it changes: that it is taken back, whoever was told before. The
 * visits' own times stay, and nobody counts as missing before the latest time that was said.
 *
 * @returns `not_found` for somebody who is no practitioner, `too_late` for more than visits stay open after their end: they could not
 *   be started any more, and have to be moved or cancelled
 */
export const announceDelay = (
  minutes: number,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "too_late">> =>
  transaction(async (tx) => {
    const practitionerId = actor.kind === "user" ? actor.practitionerId : undefined;
    if (practitionerId === undefined) return refuse("not_found");
    const { closesAfterMinutes } = await readVisitSettings(tx);
    if (minutes > closesAfterMinutes) return refuse("too_late");
    // Of two announcements at once the second sees the first, and mails nobody twice about the same.
    await lockPractitioners(tx, [practitionerId]);
    const practitioner = await tx.practitioner.findUniqueOrThrow({
      where: { id: practitionerId },
      select: { timeZone: true, user: { select: { pseudonym: true } } },
    });
    const today = dateIn(now, practitioner.timeZone);
    if ((await findDelayMinutes(tx, { practitionerId, date: today })) === minutes) return ok();

    const date = toDateColumn(today.toString());
    const day = { practitionerId_date: { practitionerId, date } };
    const said = await tx.delay.findUnique({ where: day, select: { toldMinutes: true } });
    const announced = {
      minutes,
      toldMinutes: Math.max(minutes, said?.toldMinutes ?? 0),
      announcedAt: toDate(now),
    };
    await tx.delay.upsert({
      where: day,
      create: { practitionerId, date, ...announced },
      update: announced,
    });
    const waiting = await listUnstarted(tx, practitionerId, {
      from: startOfDay(today, practitioner.timeZone),
      to: startOfDay(today.add({ days: 1 }), practitioner.timeZone),
    });
    const toMail = waiting.filter((visit) => isStillToCome(visit, now) && (minutes > 0 || wasTold(visit)));
    for (const { id: appointmentId, patientId } of toMail)
      await queueNotification(tx, { kind: "running_late", appointmentId, patientId, now });
    await publish(tx, [practitionerTopic(practitionerId), ...waiting.map(({ id }) => appointmentTopic(id))]);
    await recordAudit(
      tx,
      {
        action: "practitioner.delay_announced",
        details: { minutes, mailed: toMail.length },
        actor: auditActor(actor),
        outcome: "success",
        subject: practitioner.user.pseudonym,
        entity: { type: "practitioner", id: practitionerId },
      },
      now,
    );
    return ok();
  });

/** The visits of a day that nobody has started. One that begins at once is not put off. */
const listUnstarted = (
  tx: Tx,
  practitionerId: string,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
) =>
  tx.appointment.findMany({
    where: {
      practitionerId,
      origin: "scheduled",
      status: { in: ["booked", "arrived"] },
      startAt: { gte: toDate(from), lt: toDate(to) },
      encounter: { status: { in: ["planned", "arrived"] } },
    },
    orderBy: [{ startAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      patientId: true,
      endAt: true,
      encounter: { select: { status: true } },
      sequence: true,
      notifications: { where: { kind: "running_late" }, select: { sequence: true } },
    },
  });

type Unstarted = Awaited<ReturnType<typeof listUnstarted>>[number];

/** Not in the waiting room so far, and the visit's time is not over. */
const isStillToCome = ({ endAt, encounter }: Unstarted, now: Temporal.Instant): boolean =>
  encounter?.status === "planned" && endAt > toDate(now);

/** Of a lateness, by a mail that was sent or is about to be; about where the visit was before it was moved does not count. */
const wasTold = ({ sequence, notifications }: Unstarted): boolean =>
  notifications.some((told) => told.sequence === sequence);
