import type { VisitSide } from "@/lib/db/generated/enums";

/** Somebody of a visit, as TrueConf's lists of people are read. */
export type Insider = { side: VisitSide; thirdPersonId: string | null };

type Known = {
  account: string | undefined;
  guests: readonly { guestId: string; side: VisitSide; thirdPersonId: string | null }[];
};

/** An account's id without the server's name, which some lists add. */
const localPart = (id: string) => id.split("@", 1)[0];

/**
 * Who somebody in a conference is, by the id that TrueConf shows; nothing for a stranger. A guest's id is long and random, and may
 * stand within what a server makes of it.
 */
export function insiderOf(id: string, { account, guests }: Known): Insider | undefined {
  const guest = guests.find(({ guestId }) => id.includes(guestId));
  if (guest) return { side: guest.side, thirdPersonId: guest.thirdPersonId };
  if (account !== undefined && localPart(id) === localPart(account))
    return { side: "practitioner", thirdPersonId: null };
  return undefined;
}

export const insiderKey = ({ side, thirdPersonId }: Insider): string => `${side}:${thirdPersonId ?? ""}`;
