import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/** A visit that somebody began: care took place, and the law wants its record. */
export const BEGUN = {
  encounter: { startedAt: { not: null } },
} as const satisfies Prisma.AppointmentWhereInput;

/** Any other: also one that was only offered, and has no encounter. */
export const NEVER_BEGUN = { NOT: BEGUN } as const satisfies Prisma.AppointmentWhereInput;

/** A visit that has something of the record of care with it. */
const RECORDED = {
  OR: [
    { reasonSealed: { not: null } },
    { intakeAnswers: { some: {} } },
    { consents: { some: {} } },
    {
      encounter: {
        OR: [
          { notes: { some: {} } },
          { summaries: { some: {} } },
          { handovers: { some: { noteSealed: { not: null } } } },
        ],
      },
    },
  ],
} as const satisfies Prisma.AppointmentWhereInput;

/** Patients of whom there is something that the law may make the clinic keep. */
export const WITH_RECORDS = {
  OR: [{ conversations: { some: {} } }, { appointments: { some: RECORDED } }],
} as const satisfies Prisma.PatientWhereInput;

/** Whether anything of a patient's record of care is left. Unscoped, for the job that erases them. */
export const unsafeHasRecords = async (db: Db, patientId: string): Promise<boolean> =>
  (await db.patient.count({ where: { AND: [{ id: patientId }, WITH_RECORDS] } })) > 0;
