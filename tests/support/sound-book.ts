import type { Db } from "@/lib/db/client";

/**
 * What must hold of every clinic's book, whatever happened: each query finds the rows that break it. Written in SQL, so that no
 * code of ours is asked about itself.
 */
const BREACHES = {
  "two claims on one practitioner's time": `
    SELECT a.id FROM slot a JOIN slot b ON a.practitioner_id = b.practitioner_id AND a.id < b.id
      AND NOT a.overbooked AND NOT b.overbooked
      AND tstzrange(a.start_at, a.end_at) && tstzrange(b.start_at, b.end_at)`,
  "one patient in two visits at once": `
    SELECT a.id FROM slot a JOIN slot b ON a.patient_id = b.patient_id AND a.id < b.id
      AND a.status = 'busy' AND b.status = 'busy' AND NOT a.overbooked AND NOT b.overbooked
      AND tstzrange(a.visit_start_at, a.visit_end_at) && tstzrange(b.visit_start_at, b.visit_end_at)`,
  "a booked visit without its claim or its encounter": `
    SELECT a.id FROM appointment a
      LEFT JOIN encounter e ON e.appointment_id = a.id LEFT JOIN slot s ON s.appointment_id = a.id
    WHERE a.status IN ('booked', 'arrived') AND (e.id IS NULL OR s.id IS NULL OR s.status <> 'busy')`,
  "a claim that is not its visit's": `
    SELECT to_jsonb(s) AS slot, to_jsonb(a) AS appointment FROM slot s JOIN appointment a ON a.id = s.appointment_id
    WHERE s.practitioner_id <> a.practitioner_id OR s.patient_id <> a.patient_id OR s.visit_type_id <> a.visit_type_id
      OR s.visit_start_at <> a.start_at OR s.visit_end_at > a.end_at`,
  // What remains of a visit that is over is given back, so only one to come has the whole of its time.
  "a claim shorter than the visit to come": `
    SELECT s.id FROM slot s JOIN appointment a ON a.id = s.appointment_id
    WHERE a.status IN ('pending', 'booked') AND s.visit_end_at < a.end_at`,
  "a claim of a visit that will not take place": `
    SELECT s.id FROM slot s JOIN appointment a ON a.id = s.appointment_id WHERE a.status = 'cancelled'`,
  "a claim of nobody": `
    SELECT id FROM slot WHERE num_nonnulls(holder_hash, appointment_id) <> 1
      OR (status = 'busy-tentative') <> (expires_at IS NOT NULL)`,
  "a visit whose count of changes went back": `
    SELECT a.id FROM appointment a JOIN notification n ON n.appointment_id = a.id WHERE n.sequence > a.sequence`,
} as const;

/** More seats in use at a visit's beginning, which is where every peak lies, than the licence has. */
const CROWDED = `
  SELECT s.visit_start_at FROM slot s JOIN slot o
    ON o.visit_start_at <= s.visit_start_at AND o.visit_end_at > s.visit_start_at
  WHERE s.practitioner_id = ANY($2::uuid[])
  GROUP BY s.id, s.visit_start_at HAVING sum(o.seats) > $1`;

/**
 * What must hold of practitioners whose visit types have not been changed since somebody booked: a change leaves booked visits as
 * they are.
 */
const OF_UNCHANGED = {
  "a claim that is not as long as its visit type says": `
    SELECT s.id FROM slot s JOIN visit_type t ON t.id = s.visit_type_id
    WHERE s.practitioner_id = ANY($1::uuid[]) AND (s.visit_end_at - s.visit_start_at <> make_interval(mins => t.duration_minutes)
      OR s.visit_start_at - s.start_at <> make_interval(mins => t.buffer_before_minutes)
      OR s.end_at - s.visit_end_at <> make_interval(mins => t.buffer_after_minutes))`,
  "a day with more visits than are taken": `
  SELECT s.practitioner_id FROM slot s
    JOIN visit_type t ON t.id = s.visit_type_id JOIN practitioner p ON p.id = s.practitioner_id
  WHERE NOT s.overbooked AND s.practitioner_id = ANY($1::uuid[])
  GROUP BY s.practitioner_id, s.visit_type_id, t.max_per_day, (s.visit_start_at AT TIME ZONE p.time_zone)::date
  HAVING count(*) > t.max_per_day`,
} as const;

/**
 * Looks through the whole book for what must never be.
 *
 * @param seats as many as the licence has
 * @param unchanged practitioners whose visit types are as they were when their visits were booked; everybody when left out. Their
 *   visits alone are looked at for guest seats, since tests stage others wherever they like
 * @returns the names of what was found with the first of its rows, which should be none
 */
export async function breachesOfBook(
  db: Db,
  { seats, unchanged }: { seats: number; unchanged?: readonly string[] },
): Promise<string[]> {
  const ids = unchanged ?? (await db.practitioner.findMany({ select: { id: true } })).map(({ id }) => id);
  const found: string[] = [];
  const look = async (breach: string, sql: string, ...values: unknown[]) => {
    const rows = await db.$queryRawUnsafe<unknown[]>(sql, ...values);
    if (rows.length > 0) found.push(`${breach}: ${JSON.stringify(rows.slice(0, 3))}`);
  };
  for (const [breach, sql] of Object.entries(BREACHES)) await look(breach, sql);
  for (const [breach, sql] of Object.entries(OF_UNCHANGED)) await look(breach, sql, ids);
  await look("more guests than the licence has seats", CROWDED, seats, ids);
  return found;
}
