/** How long a record stays open once it was opened by break-glass; the database allows no more. */
export const EMERGENCY_MINUTES = 60;

/** So often an hour may one practitioner try to open one, found or not: enough for an emergency, and too little to look for people. */
export const EMERGENCY_LIMIT = { max: 6, windowSeconds: 3600 };

/** What a practitioner chooses from; the trail has it, and so the patient and the administrators read it. */
export const EMERGENCY_REASONS = ["danger", "colleague_asks", "patient_asks", "other"] as const;

export const EMERGENCY_TEXT_MAX_LENGTH = 1_000;

/** So many visits are shown, the last ones. */
export const EMERGENCY_VISITS = 50;

/** Where a reason's text is sealed to. */
export const emergencyPlace = (accessId: string): string => `emergency_access.text:${accessId}`;
