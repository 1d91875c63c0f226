import type { Actor } from "@/lib/access/types";

/** On which side of the visit somebody is who may see it. */
export const sideOf = (
  actor: Actor,
  { practitionerId }: { practitionerId: string },
): "patient" | "practitioner" =>
  actor.kind === "user" && actor.practitionerId === practitionerId ? "practitioner" : "patient";
