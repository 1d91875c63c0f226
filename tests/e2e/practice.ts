import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Temporal } from "temporal-polyfill";
import { PrismaClient } from "@/lib/db/generated/client";
import { TEST_ENV } from "@/tests/support/env";
import { makePractitioner, makeRules, makeUser, makeVisitType } from "@/tests/support/factories";
import type { PortalAddresses } from "@/tests/support/portal";
import type { Account } from "./steps";

/** A practitioner of one test alone, who can be booked at any minute: tests that share one book each other's times away. */
export type Practice = { practitionerId: string; name: string; account: Account };

export async function openPractice(portal: PortalAddresses): Promise<Practice> {
  Object.assign(process.env, { ...TEST_ENV, ...process.env });
  const database = new PrismaClient({ adapter: new PrismaPg({ connectionString: portal.DATABASE_URL }) });
  try {
    const now = Temporal.Now.instant();
    const mark = randomUUID().slice(0, 8);
    const [name, password] = [`Dr Test ${mark}`, `demo-${randomUUID()}`];
    const email = `dr-${mark}@example.org`;
    const user = await makeUser(database, { now, email, name, roles: ["practitioner"], password });
    const visitType = await makeVisitType(database, {
      now,
      names: { en: "Quick call", ru: "Короткий звонок" },
      durationMinutes: 10,
      intervalMinutes: 5,
    });
    const { id } = await makePractitioner(database, {
      now,
      displayName: name,
      userId: user.id,
      visitTypeIds: [visitType.id],
    });
    await makeRules(database, id);
    return { practitionerId: id, name, account: { email, password } };
  } finally {
    await database.$disconnect();
  }
}
