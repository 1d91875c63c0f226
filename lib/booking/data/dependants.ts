import { dependantScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { foldName } from "@/lib/auth/rules";
import type { Db } from "@/lib/db/client";

/**
 * The patients for whom an account speaks, by name. Each name once, and the account's own not at all: what was booked before there was an
 * account has a record of its own, and nobody is to choose between the two.
 */
export async function listDependants(db: Db, actor: Actor): Promise<{ patientId: string; name: string }[]> {
  const rows = await db.patient.findMany({
    where: dependantScope(actor),
    select: { id: true, name: true, contactUser: { select: { patient: { select: { name: true } } } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const seen = new Set(rows.flatMap(({ contactUser }) => foldName(contactUser?.patient?.name ?? "")));
  return rows.flatMap(({ id, name }) => {
    if (seen.has(foldName(name))) return [];
    seen.add(foldName(name));
    return [{ patientId: id, name }];
  });
}
