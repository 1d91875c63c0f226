/**
 * The actions that ask for a proof: they change how an account is entered, hand out what is kept or have it removed, or change somebody
 * else's account. The house compares this list with the code, and each is tried without a proof.
 */
export const PROVED_ACTIONS = [
  "approveErasureAction",
  "beginSecondStepAction",
  "createPractitionerAction",
  "inviteUserAction",
  "sendPasswordResetAction",
  "changePasswordAction",
  "changeRolesAction",
  "changeSecondStepAction",
  "correctContactAction",
  "exportTrailAction",
  "requestEmailChangeAction",
  "requestErasureAction",
  "requestExportAction",
  "resetSecondStepAction",
  "saveRetentionAction",
  "setStandingAction",
  "unlinkProviderAction",
] as const;

export type ProvedAction = (typeof PROVED_ACTIONS)[number];
