/** How long an export can be fetched: it lies there, whole, for whoever has mailbox and account. */
export const EXPORT_HOURS = 24;

/** An export that is not made by then is given up, and another can be asked for. */
export const EXPORT_MAKING_HOURS = 24;

/** How often somebody may ask for one: each opens every text of theirs. */
export const EXPORT_LIMIT = { max: 5, windowSeconds: 86_400 };

/**
 * How much of somebody's files one export carries, since it is sealed in one piece in the worker's memory. What does not fit is named in
 * it, and is read in its conversation.
 */
export const EXPORT_FILES_MAX_BYTES = 256 * 1024 * 1024;

/** Where an export's bytes are sealed to. */
export const exportPlace = (exportId: string): string => `data_export.content:${exportId}`;

/** Where the name of somebody who was erased is sealed to, as long as the clinic must keep records of theirs. */
export const identityPlace = (patientId: string): string => `patient.identity:${patientId}`;

/** The name of what is left of somebody who was erased; the database lets it have no other. */
export const ERASED_NAME = "–";

/** What an administrator writes to whoever is refused. */
export const REFUSAL_MAX_LENGTH = 1_000;

/** An erasure that its job has not brought to an end by then is gone on with by the sweep. */
export const ERASURE_RETRY_MINUTES = 10;

/** For whom the kept records of somebody who was erased may be taken out: the patient, an authority, or the clinic for a claim of law. */
export const RIGHTS_TO_KEPT = ["patient", "authority", "claim"] as const;

/** By what somebody who asks the clinic itself shows who they are. */
export const ERASURE_PROOFS = ["identity_document", "signed_letter", "known_in_person"] as const;
