import type { Db } from "@/lib/db/client";

/** The patients for whom an account speaks, by name. */
export async function listDependants(db: Db, userId: string): Promise<{ patientId: string; name: string }[]> {
  const rows = await db.patient.findMany({
    where: { contactUserId: userId },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name }) => ({ patientId: id, name }));
}
