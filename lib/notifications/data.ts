import type { Db } from "@/lib/db/client";

/** A mail of the outbox with all that it speaks of, as it is now. */
export const loadNotification = (db: Db, notificationId: string) =>
  db.notification.findUnique({
    where: { id: notificationId },
    select: {
      id: true,
      kind: true,
      status: true,
      sequence: true,
      createdAt: true,
      patient: { select: { email: true } },
      user: {
        select: {
          id: true,
          email: true,
          name: true,
          locale: true,
          timeZone: true,
          passwordHash: true,
          disabledAt: true,
        },
      },
      appointment: {
        select: {
          id: true,
          status: true,
          startAt: true,
          endAt: true,
          timeZone: true,
          locale: true,
          sequence: true,
          practitioner: { select: { displayName: true, timeZone: true } },
          visitType: { select: { names: true } },
          encounter: { select: { conference: { select: { openedAt: true } } } },
        },
      },
    },
  });

export type NotificationRow = NonNullable<Awaited<ReturnType<typeof loadNotification>>>;
export type AppointmentRow = NonNullable<NotificationRow["appointment"]>;

/** True while the mail still waits to be sent, by whomever. */
export const isQueued = async (db: Db, notificationId: string): Promise<boolean> =>
  (await db.notification.count({ where: { id: notificationId, status: "queued" } })) > 0;
