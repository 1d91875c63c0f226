import pg from "pg";

/*
 * A clinic of 1,000 practitioners with visits by the hundred thousand, generated inside the server. Monday, 1 March 2027, is today.
 */
export const PRACTITIONERS = 1000;
export const TODAY = "2027-03-01";
const PATIENTS = 20_000;
/** Of each practitioner, this morning and tomorrow morning, so that nobody is free at the first minute. */
const FUTURE_VISITS = 10;

/** Everybody with hours in one of four zones, two of three visit types, one of ten specialties, and languages. */
const PEOPLE = `
  INSERT INTO specialty (id, code, names)
    SELECT gen_random_uuid(), 'specialty-' || n, jsonb_build_object('en', 'Specialty ' || n, 'ru', 'Специальность ' || n)
    FROM generate_series(0, 9) n;
  INSERT INTO visit_type (id, code, names, duration_minutes, interval_minutes, buffer_after_minutes, horizon_days, max_per_day, created_at)
    SELECT gen_random_uuid(), 'type-' || n, jsonb_build_object('en', 'Visit ' || n, 'ru', 'Приём ' || n),
      15 * n, 15 * n, CASE n WHEN 3 THEN 5 ELSE 0 END, 60, CASE n WHEN 1 THEN 12 END, now()
    FROM generate_series(1, 3) n;
  CREATE TABLE load_practitioner AS
    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS user_id FROM generate_series(0, ${PRACTITIONERS - 1}) n;
  INSERT INTO "user" (id, email, name, roles, locale, pseudonym, created_at)
    SELECT user_id, 'practitioner-' || n || '@example.org', 'Dr Example ' || n, ARRAY['practitioner']::"Role"[], 'en', gen_random_uuid(), now()
    FROM load_practitioner;
  INSERT INTO practitioner (id, user_id, specialty_id, display_name, search_name, languages, time_zone, entry, created_at)
    SELECT l.id, l.user_id, s.id, 'Dr Example ' || l.n, 'dr eksample ' || l.n,
      CASE l.n % 3 WHEN 0 THEN ARRAY['en'] WHEN 1 THEN ARRAY['en', 'ru'] ELSE ARRAY['de'] END,
      (ARRAY['Europe/Berlin', 'Europe/Moscow', 'Europe/London', 'Asia/Yekaterinburg'])[1 + l.n % 4],
      (ARRAY['guest', 'account'])[1 + l.n % 2]::"PractitionerEntry", now()
    FROM load_practitioner l JOIN specialty s ON s.code = 'specialty-' || (l.n % 10);
  INSERT INTO practitioner_visit_type (practitioner_id, visit_type_id)
    SELECT l.id, t.id FROM load_practitioner l JOIN visit_type t ON t.code <> 'type-' || (1 + l.n % 3);
  -- Hours that begin and end at many different times, from Monday to Friday with a break.
  INSERT INTO availability_rule (id, practitioner_id, weekday, start_time, end_time)
    SELECT gen_random_uuid(), l.id, d,
      to_char(time '07:00' + (h.part * 6 + l.n % 3) * interval '1 hour' + (l.n % 4) * interval '15 minutes', 'HH24:MI'),
      to_char(time '11:00' + (h.part * 6 + (l.n / 3) % 2) * interval '1 hour' + (l.n % 7) * interval '5 minutes', 'HH24:MI')
    FROM load_practitioner l, generate_series(1, 5) d, (VALUES (0), (1)) h(part);
  INSERT INTO availability_override (id, practitioner_id, date, created_at)
    SELECT gen_random_uuid(), id, date '${TODAY}' + n % 30, now() FROM load_practitioner WHERE n % 4 = 0;
  INSERT INTO time_off (id, practitioner_id, start_on, start_time, end_on, end_time, created_at)
    SELECT gen_random_uuid(), id, date '${TODAY}' + n % 30, '00:00', date '${TODAY}' + n % 30 + 5, '00:00', now()
    FROM load_practitioner WHERE n % 10 = 0;
  INSERT INTO patient (id, name, locale, time_zone, pseudonym, created_at)
    SELECT gen_random_uuid(), 'Patient Example ' || n, 'en', 'Europe/Berlin', gen_random_uuid(), now()
    FROM generate_series(0, ${PATIENTS - 1}) n;
  CREATE TABLE load_patient AS SELECT (row_number() OVER ()) - 1 AS n, id FROM patient;
  CREATE INDEX ON load_patient (n);`;

/** The visits `first` to `last` of each practitioner: the coming ones, and before them one on each day of the past years. */
const visits = (first: number, last: number) => `
  CREATE TEMP TABLE load_visit AS
    SELECT gen_random_uuid() AS id, l.id AS practitioner_id, p.id AS patient_id,
      (SELECT id FROM visit_type WHERE code = 'type-' || (1 + (l.n + 1) % 3)) AS visit_type_id,
      CASE WHEN i < ${FUTURE_VISITS} THEN timestamptz '${TODAY} 07:00Z' + i % 2 * interval '1 day' + i / 2 * interval '30 minutes'
        ELSE timestamptz '${TODAY} 09:00Z' - (i - ${FUTURE_VISITS} + 1) * interval '1 day' END AS start_at
    FROM load_practitioner l, generate_series(${first}, ${last}) i
    JOIN LATERAL (SELECT id FROM load_patient WHERE n = (l.n + i * 7919) % ${PATIENTS}) p ON true;
  INSERT INTO appointment (id, practitioner_id, patient_id, visit_type_id, status, start_at, end_at, time_zone, locale, idempotency_key, created_at)
    SELECT id, practitioner_id, patient_id, visit_type_id, (CASE WHEN start_at < '${TODAY}' THEN 'fulfilled' ELSE 'booked' END)::"AppointmentStatus",
      start_at, start_at + interval '30 minutes', 'Europe/Berlin', 'en', gen_random_uuid(), start_at
    FROM load_visit;
  INSERT INTO slot (id, practitioner_id, visit_type_id, patient_id, appointment_id, status, start_at, end_at, visit_start_at, visit_end_at, seats, created_at)
    SELECT gen_random_uuid(), practitioner_id, visit_type_id, patient_id, id, 'busy',
      start_at, start_at + interval '30 minutes', start_at, start_at + interval '30 minutes', 2, start_at
    FROM load_visit;
  DROP TABLE load_visit;`;

const EXCLUSIONS = ["slot_practitioner_excl", "slot_patient_excl"] as const;

/** What fills the clinic, as a superuser: foreign keys are not asked and exclusions come back at the end, which is much quicker. */
export async function openLargeClinic(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  await client.query(PEOPLE);
  let perPractitioner = 0;
  return {
    /** Brings the clinic to so many appointments. */
    async growTo(appointments: number): Promise<void> {
      const last = appointments / PRACTITIONERS;
      const { rows } = await client.query<{ name: string; definition: string }>(
        "SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = ANY($1)",
        [EXCLUSIONS],
      );
      for (const { name } of rows) await client.query(`ALTER TABLE slot DROP CONSTRAINT ${name}`);
      await client.query(visits(perPractitioner, last - 1));
      for (const { name, definition } of rows)
        await client.query(`ALTER TABLE slot ADD CONSTRAINT ${name} ${definition}`);
      await client.query("VACUUM ANALYZE");
      perPractitioner = last;
    },
    close: () => client.end(),
  };
}
