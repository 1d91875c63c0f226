import { userNotFound } from "./refusal";

/** 0 offline, 1 online, 2 busy, 5 in a conference that is the user's own (TrueConf API: users). */
export type UserStatus = 0 | 1 | 2 | 5;
export type User = { id: string; displayName: string; status: UserStatus };
export type Group = { id: string; displayName: string; userIds: readonly string[] };

const DEMO: readonly User[] = [
  { id: "doctor_one", displayName: "Doctor One (Example)", status: 1 },
  { id: "doctor_two", displayName: "Doctor Two (Example)", status: 1 },
  { id: "doctor_three", displayName: "Doctor Three (Example)", status: 0 },
];

/** Accounts of the server. The clinic's service account owns the conferences and has no client online, so it never answers. */
export class Users {
  private readonly users = new Map<string, User>();
  readonly groups: readonly Group[];

  constructor(ownerId: string) {
    this.set({ id: ownerId, displayName: "Clinic (service account)", status: 0 });
    for (const user of DEMO) if (user.id !== ownerId) this.set({ ...user });
    this.groups = [{ id: "1", displayName: "Doctors on call", userIds: DEMO.map(({ id }) => id) }];
  }

  list(): User[] {
    return [...this.users.values()];
  }

  /** By id, or by the form `id@server` that TrueConf accepts everywhere. */
  find(id: string): User | undefined {
    return this.users.get(localId(id));
  }

  /** @throws Refusal 404 `userNotFound` */
  require(id: string): User {
    const user = this.find(id);
    if (!user) throw userNotFound(id);
    return user;
  }

  set(user: User): void {
    this.users.set(user.id, user);
  }

  remove(id: string): boolean {
    return this.users.delete(id);
  }
}

export const localId = (id: string): string => id.split("@", 1)[0] ?? id;
