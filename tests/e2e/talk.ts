import { randomUUID } from "node:crypto";
import type { PortalAddresses } from "@/tests/support/portal";
import { type Practice, type StagedVisit, stageVisit, withRows } from "./practice";

export type Talk = StagedVisit & { conversationId: string };

/** A patient who had a visit yesterday, with its personal link, and the conversation of the two. */
export async function stageTalk(
  portal: PortalAddresses,
  practice: Practice,
  { patientId }: { patientId?: string } = {},
): Promise<Talk> {
  const visit = await stageVisit(portal, practice, {
    starts: { hours: -24 },
    status: "fulfilled",
    ...(patientId ? { patientId } : {}),
  });
  const conversationId = await withRows(portal, async (database, now) => {
    const at = new Date(now.epochMilliseconds);
    const row = await database.appointment.findUniqueOrThrow({ where: { id: visit.appointmentId } });
    const { id } = await database.conversation.create({
      data: {
        id: randomUUID(),
        patientId: row.patientId,
        practitionerId: practice.practitionerId,
        lastMessageAt: at,
        createdAt: at,
        readers: { create: [{ side: "patient" }, { side: "practitioner" }] },
      },
    });
    return id;
  });
  return { ...visit, conversationId };
}
