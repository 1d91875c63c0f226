import type { Person } from "../links";
import type { Rooms } from "../rooms";
import type { Switches } from "../switches";
import type { Conference } from "./conferences";
import { localId, type User, type Users } from "./users";

type Exchange = { users: Users; rooms: Rooms; switches: Switches };

/** The accounts that a starting conference calls: those on its list of invitations. */
export const findCalled = ({ users }: Exchange, { invitations }: Conference): User[] =>
  invitations.flatMap(({ id }) => users.find(id) ?? []);

/**
 * Calls users into a running conference. Those online come in after the set delay, as long as there is room, and are then busy;
 * the others do not answer, which is what a missing doctor looks like to a portal.
 */
export function ringUsers(exchange: Exchange, conference: Conference, called: readonly User[]): void {
  const { usersAnswer, answerDelaySeconds } = exchange.switches;
  if (!usersAnswer) return;
  for (const user of called) {
    if (user.status !== 1) continue;
    const answer = () => {
      const person: Person = { kind: "user", id: user.id, displayName: user.displayName };
      if (exchange.rooms.answer(conference, person))
        user.status = user.id === localId(conference.owner) ? 5 : 2;
    };
    if (answerDelaySeconds === 0) answer();
    else setTimeout(answer, answerDelaySeconds * 1000).unref();
  }
}

/** Those who had answered hang up and are free again. */
export function releaseUsers({ users, rooms }: Exchange, conferenceId: string): void {
  for (const { origin, person } of rooms.list(conferenceId)) {
    const user = origin === "answered" ? users.find(person.id) : undefined;
    if (user) user.status = 1;
  }
}
