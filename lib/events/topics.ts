/**
 * What a change can be about. A topic is all that travels through NOTIFY: an id says where to look, never what is to be seen, so
 * that every reader's rights are asked when it reads.
 */
export type Topic =
  | `appointment:${string}`
  | `practitioner:${string}`
  | `waits:${string}`
  | `patient:${string}`
  | `times:${string}`
  | `conversation:${string}`
  | `queue:${string}`
  | `stream:${string}`
  | `jobs:${string}`
  | "conferences"
  | "clinic";

/** One visit: its appointment, its encounter, who is present. */
export const appointmentTopic = (appointmentId: string): Topic => `appointment:${appointmentId}`;

/** One practitioner's day: every visit in it, and the hours. */
export const practitionerTopic = (practitionerId: string): Topic => `practitioner:${practitionerId}`;

/** How long those who wait for one practitioner must expect to wait: a visit has begun, or is over. Patients follow no more of a day. */
export const waitsTopic = (practitionerId: string): Topic => `waits:${practitionerId}`;

/** The free times of one practitioner: something was claimed, freed or rescheduled. Open to everybody, as the times are. */
export const timesTopic = (practitionerId: string): Topic => `times:${practitionerId}`;

/** What concerns one patient wherever they look: their conversations, their place in the queue. */
export const patientTopic = (patientId: string): Topic => `patient:${patientId}`;

/** One conversation: its messages, and how far either side has read. */
export const conversationTopic = (conversationId: string): Topic => `conversation:${conversationId}`;

/** The queue of one specialty: who waits, who is on duty, what is offered. */
export const queueTopic = (specialtyId: string): Topic => `queue:${specialtyId}`;

/** There is something on TrueConf to look at now, rather than at the next round of whoever watches it. */
export const CONFERENCES_TOPIC: Topic = "conferences";

/** One open stream, by a word that its browser alone knows: nothing has changed, and the browser is there. */
export const streamTopic = (id: string): Topic => `stream:${id}`;

/** One queue of jobs: there is something new in it for whoever works on it. */
export const jobsTopic = (queue: string): Topic => `jobs:${queue}`;

/** What concerns everybody: practitioners, visit types, closures, settings. */
export const CLINIC_TOPIC: Topic = "clinic";

/** The one NOTIFY channel of the portal. */
export const CHANNEL = "portal";
