import type { VisitSide } from "@/lib/db/generated/enums";

/** Somebody of a visit, as TrueConf's lists of people are read. */
export type Insider = { side: VisitSide; thirdPersonId: string | null };

export type Known = {
  /** TrueConf accounts under which its practitioners enter. */
  accounts: readonly string[];
  guests: readonly { guestId: string; side: VisitSide; thirdPersonId: string | null }[];
};

/** As whom somebody enters who has a guest's row. */
export const insiderAs = ({
  patientId,
  practitionerId,
  thirdPersonId,
}: {
  patientId: string | null;
  practitionerId: string | null;
  thirdPersonId: string | null;
}): Insider => ({ side: patientId ? "patient" : practitionerId ? "practitioner" : "third", thirdPersonId });

/** An account's id without the server's name, which some lists add. */
const localPart = (id: string) => id.split("@", 1)[0];

/**
 * Who somebody in a conference is, by the id that TrueConf shows; nothing for a stranger. A guest's id is long and random, and may
 * stand within what a server makes of it.
 */
export function insiderOf(id: string, { accounts, guests }: Known): Insider | undefined {
  const guest = guests.find(({ guestId }) => id.includes(guestId));
  if (guest) return { side: guest.side, thirdPersonId: guest.thirdPersonId };
  if (accounts.some((account) => localPart(id) === localPart(account)))
    return { side: "practitioner", thirdPersonId: null };
  return undefined;
}

export const insiderKey = ({ side, thirdPersonId }: Insider): string => `${side}:${thirdPersonId ?? ""}`;
