import type { Person } from "./people";

/*
 * Who may, door by door. The build is compared with this table: a page, a machine's door or an action without a row fails the tests, and so
 * does a row whose door is gone.
 */

/** `all`: whoever comes. `holder`: whoever has the link, which is the right itself. Else the people named, and nobody else. */
export type May = "all" | "holder" | readonly Person[];

const PRACTITIONERS: readonly Person[] = ["practitioner", "other practitioner"];
const ADMINISTRATORS: readonly Person[] = ["administrator"];
/** Who keeps the whole clinic's schedules and bookings. */
const SCHEDULERS: readonly Person[] = ["scheduler", ...ADMINISTRATORS];
const STAFF: readonly Person[] = [...PRACTITIONERS, ...SCHEDULERS];
const PATIENTS: readonly Person[] = ["patient", "other patient"];
/** The practitioner of the visit in question. */
const OWN_PRACTITIONER: readonly Person[] = ["practitioner"];
/** The patient of the visit in question. */
const OWN_PATIENT: readonly Person[] = ["patient"];

/** Pages, by their address without the groups of `app`. */
export const PAGES: Readonly<Record<string, May>> = {
  "/": "all",
  "/book/[practitionerId]/[visitTypeId]/[start]": "all",
  "/check": "all",
  "/lost-link": "all",
  "/now": "all",
  "/practitioners/[practitionerId]": "all",
  "/register": "all",
  "/sign-in": "all",
  "/sign-in/link": "all",
  // Asks for a code where a cookie says that the password was right.
  "/sign-in/code": "all",
  // Where the configuration names a provider; elsewhere nobody's.
  "/sign-in/provider": "all",
  "/sign-in/provider/return": "all",
  "/waitlist": "all",

  // Of the account that asked for it alone: others are told to sign in to it.
  "/account/email/[token]": "holder",
  "/invitation/[token]": "holder",
  "/new-password/[token]": "holder",
  "/q/[token]": "holder",
  "/setup/[token]": "holder",
  "/sign-in/link/[token]": "holder",
  "/t/[token]": "holder",
  "/v/[token]": "holder",
  "/v/[token]/cancel": "holder",
  "/v/[token]/check": "holder",
  "/v/[token]/move": "holder",
  "/v/[token]/subscribe": "holder",
  "/v/[token]/messages": "holder",
  "/w/[token]": "holder",

  "/account": [...PATIENTS, ...STAFF],
  "/account/data": PATIENTS,
  "/account/profile": PATIENTS,
  "/account/profile/[patientId]": OWN_PATIENT,
  "/account/data/[token]": "holder",
  "/account/erasure": PATIENTS,
  "/account/email": [...PATIENTS, ...STAFF],
  "/account/consents": PATIENTS,
  "/account/access": PATIENTS,
  "/account/password": [...PATIENTS, ...STAFF],
  "/account/second-step": [...PATIENTS, ...STAFF],

  "/visits": PATIENTS,
  "/messages": PATIENTS,
  "/messages/[conversationId]": OWN_PATIENT,
  // Whoever has visits: their own.
  "/visits/subscribe": [...PATIENTS, ...PRACTITIONERS],
  "/visits/waitlist/[entryId]": OWN_PATIENT,
  "/visit/[appointmentId]": OWN_PATIENT,
  "/visit/[appointmentId]/cancel": OWN_PATIENT,
  "/visit/[appointmentId]/check": OWN_PATIENT,
  "/visit/[appointmentId]/move": OWN_PATIENT,

  "/agenda": PRACTITIONERS,
  "/agenda/book": PRACTITIONERS,
  "/agenda/check": PRACTITIONERS,
  "/agenda/subscribe": PRACTITIONERS,
  "/agenda/week": PRACTITIONERS,
  "/agenda/[appointmentId]": OWN_PRACTITIONER,
  "/agenda/[appointmentId]/cancel": OWN_PRACTITIONER,
  "/agenda/[appointmentId]/move": OWN_PRACTITIONER,
  "/emergency": PRACTITIONERS,
  "/emergency/[accessId]": OWN_PRACTITIONER,
  "/inbox": PRACTITIONERS,
  "/inbox/[conversationId]": OWN_PRACTITIONER,
  "/schedule": PRACTITIONERS,
  "/schedule/why-not": PRACTITIONERS,
  "/templates": PRACTITIONERS,

  "/admin": SCHEDULERS,
  "/admin/audit": ADMINISTRATORS,
  "/admin/book": SCHEDULERS,
  "/admin/calendar": SCHEDULERS,
  "/admin/calendar/[appointmentId]": SCHEDULERS,
  "/admin/calendar/[appointmentId]/cancel": SCHEDULERS,
  "/admin/calendar/[appointmentId]/move": SCHEDULERS,
  "/admin/closures": SCHEDULERS,
  "/admin/consents": ADMINISTRATORS,
  "/admin/erasures": ADMINISTRATORS,
  "/admin/erasures/[erasureId]": ADMINISTRATORS,
  "/admin/figures": ADMINISTRATORS,
  "/admin/patients/[patientId]": SCHEDULERS,
  "/admin/practitioners": SCHEDULERS,
  "/admin/practitioners/[practitionerId]": SCHEDULERS,
  "/admin/practitioners/new": ADMINISTRATORS,
  "/admin/queue": SCHEDULERS,
  "/admin/retention": ADMINISTRATORS,
  "/admin/settings": ADMINISTRATORS,
  "/admin/users": ADMINISTRATORS,
  "/admin/users/[userId]": ADMINISTRATORS,
  "/admin/users/new": ADMINISTRATORS,
  "/admin/visit-types": ADMINISTRATORS,
  "/admin/visit-types/[visitTypeId]": ADMINISTRATORS,
  "/admin/visit-types/new": ADMINISTRATORS,
  "/admin/waitlist": SCHEDULERS,
  "/admin/why-not": SCHEDULERS,
};

const PARTICIPANTS: readonly Person[] = ["patient", "practitioner"];

/** The doors for machines. */
export const ROUTES: Readonly<Record<string, May>> = {
  "/api/auth/[...nextauth]": "all",
  // Own conversations alone, by account or by the link that comes with it: see files.spec and tests/integration/access/doors.test.ts.
  "/api/conversations/[conversationId]/earlier": PARTICIPANTS,
  "/api/conversations/[conversationId]/files": PARTICIPANTS,
  "/api/conversations/[conversationId]/files/[attachmentId]/discard": PARTICIPANTS,
  "/api/conversations/[conversationId]/mark": PARTICIPANTS,
  "/api/conversations/[conversationId]/search": PARTICIPANTS,
  "/api/exports": "holder",
  "/api/files/[attachmentId]": PARTICIPANTS,
  "/api/health/live": "all",
  "/api/health/ready": "all",
  // By a cookie of the visitor's own, which is the right itself.
  "/api/hold/leave": "holder",
  "/api/hold/return": "holder",
  // Each key that is asked for is looked at by itself: see tests/integration/access/live.test.ts.
  "/api/live": "all",
  "/api/live/here": "holder",
  "/api/third/arrive": "holder",
  "/api/third/join": "holder",
  "/api/visits/[appointmentId]/arrive": OWN_PATIENT,
  "/api/visits/[appointmentId]/call-again": OWN_PRACTITIONER,
  "/api/visits/[appointmentId]/check": OWN_PATIENT,
  "/api/visits/[appointmentId]/end": OWN_PRACTITIONER,
  "/api/visits/[appointmentId]/entry": OWN_PRACTITIONER,
  "/api/visits/[appointmentId]/join": PARTICIPANTS,
  "/api/visits/[appointmentId]/seats": OWN_PRACTITIONER,
  "/api/visits/[appointmentId]/start": OWN_PRACTITIONER,

  // And only in a browser that has just filled in the form for it.
  "/admin/audit/export": "holder",
  "/admin/figures/download": ADMINISTRATORS,
  "/agenda/[appointmentId]/summary.pdf": OWN_PRACTITIONER,
  "/calendar/[token]/feed.ics": "holder",
  "/icon.svg": "all",
  "/v/[token]/calendar.ics": "holder",
  "/v/[token]/files/[attachmentId]": "holder",
  "/v/[token]/summary.pdf": "holder",
  "/visit/[appointmentId]/calendar.ics": OWN_PATIENT,
  "/visit/[appointmentId]/summary.pdf": OWN_PATIENT,
};

/** What a door asks for in its address, before anything else: one does, whose side a file is for. */
export const searchOf = (route: string): string => (route.endsWith("/files") ? "?as=patient" : "");

/**
 * The server actions. People are who may call it at all: whose rows it then touches is a matter of the rows, which the forms of
 * `forms.spec` try.
 */
export const ACTIONS: Readonly<Record<string, May>> = {
  acceptInvitationAction: "holder",
  resetPasswordAction: "holder",
  bookAsGuestAction: "all",
  chooseLocaleAction: "all",
  chooseThemeAction: "all",
  chooseTimeZoneAction: "all",
  createFirstAdministratorAction: "holder",
  holdSlotAction: "all",
  joinWaitlistAsGuestAction: "all",
  joinQueueAsGuestAction: "all",
  requestVisitListAction: "all",
  signInAction: "all",
  beginProviderAction: "all",
  finishProviderAction: "all",
  registerAction: "all",
  requestSignInLinkAction: "all",
  signInCodeAction: "all",
  signInWithLinkAction: "all",
  signOutAction: "all",

  // Their own account's.
  beginSecondStepAction: [...PATIENTS, ...STAFF],
  changeEmailAction: [...PATIENTS, ...STAFF],
  changePasswordAction: [...PATIENTS, ...STAFF],
  changeSecondStepAction: [...PATIENTS, ...STAFF],
  beginProofAction: [...PATIENTS, ...STAFF],
  finishProofAction: [...PATIENTS, ...STAFF],
  endOtherSessionsAction: [...PATIENTS, ...STAFF],
  endSessionAction: [...PATIENTS, ...STAFF],
  hideCodesAction: [...PATIENTS, ...STAFF],
  proveByMailAction: [...PATIENTS, ...STAFF],
  requestEmailChangeAction: [...PATIENTS, ...STAFF],
  setSecondStepAction: [...PATIENTS, ...STAFF],

  // By personal link, or by the account whose visit it is.
  bookInsteadAction: "holder",
  cancelVisitAction: "holder",
  createFeedAction: "holder",
  declineOfferAction: "holder",
  enterVisitAction: "holder",
  backToPlaceAction: "holder",
  giveFeedbackAction: "holder",
  inviteThirdPersonAction: "holder",
  joinCardAction: "holder",
  openConversationAction: "holder",
  sendMessageAction: "holder",
  leavePhoneAction: "holder",
  leaveQueueAction: "holder",
  leaveWaitlistAction: "holder",
  moveVisitAction: "holder",
  recordingAction: "holder",
  agreeAction: "holder",
  rebookAction: "holder",
  revokeFeedAction: "holder",
  revokeThirdPersonAction: "holder",
  takeOfferAction: "holder",

  bookAsPatientAction: PATIENTS,
  requestExportAction: PATIENTS,
  requestErasureAction: PATIENTS,
  withdrawErasureAction: PATIENTS,
  correctProfileAction: PATIENTS,
  joinQueueAsPatientAction: PATIENTS,
  joinWaitlistAsPatientAction: PATIENTS,

  acceptHandoverAction: PRACTITIONERS,
  acceptOfferAction: PRACTITIONERS,
  admitThirdPersonAction: PRACTITIONERS,
  announceDelayAction: PRACTITIONERS,
  declineHandoverAction: PRACTITIONERS,
  declineQueueOfferAction: PRACTITIONERS,
  endAccessAction: PRACTITIONERS,
  offerHandoverAction: PRACTITIONERS,
  openRecordAction: PRACTITIONERS,
  removeTemplateAction: PRACTITIONERS,
  saveNoteAction: PRACTITIONERS,
  saveSummaryAction: PRACTITIONERS,
  saveTemplateAction: PRACTITIONERS,
  sendSoonAction: PRACTITIONERS,
  setDutyAction: PRACTITIONERS,
  sendWaitingTextAction: PRACTITIONERS,
  signSummaryAction: PRACTITIONERS,
  startVideoAction: PRACTITIONERS,
  withdrawHandoverAction: PRACTITIONERS,

  addTimeOffAction: STAFF,
  bookAsStaffAction: STAFF,
  cancelAsStaffAction: STAFF,
  changeTimeZoneAction: STAFF,
  markNoShowAction: STAFF,
  moveAsStaffAction: STAFF,
  removeOverrideAction: STAFF,
  removeTimeOffAction: STAFF,
  removeWeeklyPlanAction: STAFF,
  replaceWeeklyHoursAction: STAFF,
  revertNoShowAction: STAFF,
  setOverrideAction: STAFF,

  addClosureAction: SCHEDULERS,
  archiveIntakeQuestionAction: ADMINISTRATORS,
  changeRolesAction: ADMINISTRATORS,
  changePractitionerEntryAction: ADMINISTRATORS,
  createPractitionerAction: ADMINISTRATORS,
  createVisitTypeAction: ADMINISTRATORS,
  endSessionsOfUserAction: ADMINISTRATORS,
  exportTrailAction: ADMINISTRATORS,
  approveErasureAction: ADMINISTRATORS,
  requestErasureAtDeskAction: ADMINISTRATORS,
  correctContactAction: SCHEDULERS,
  refuseErasureAction: ADMINISTRATORS,
  findAccountAction: ADMINISTRATORS,
  findInTrailAction: ADMINISTRATORS,
  inviteUserAction: ADMINISTRATORS,
  givePriorityAction: SCHEDULERS,
  takePriorityBackAction: SCHEDULERS,
  importClosuresAction: SCHEDULERS,
  moveIntakeQuestionAction: ADMINISTRATORS,
  publishConsentTextAction: ADMINISTRATORS,
  removeClosureAction: SCHEDULERS,
  removeFromWaitlistAction: SCHEDULERS,
  resendInvitationAction: ADMINISTRATORS,
  resendUserInvitationAction: ADMINISTRATORS,
  resetSecondStepAction: ADMINISTRATORS,
  sendPasswordResetAction: ADMINISTRATORS,
  unlinkProviderAction: ADMINISTRATORS,
  saveBookingSettingsAction: ADMINISTRATORS,
  saveIntakeQuestionAction: ADMINISTRATORS,
  saveVisitSettingsAction: ADMINISTRATORS,
  saveRetentionAction: ADMINISTRATORS,
  setStandingAction: ADMINISTRATORS,
  updatePractitionerAction: ADMINISTRATORS,
  updateVisitTypeAction: ADMINISTRATORS,
};
