/**
 * One click from the list to the call: the list says which visit to start, and that visit's page, a moment later in the
 * same document, does it. Kept in memory, so that no reload and no link can start a visit.
 */
let requested: string | undefined;

export function requestStart(appointmentId: string): void {
  requested = appointmentId;
}

/** True once, for the visit that was asked for. */
export function takeStartRequest(appointmentId: string): boolean {
  const asked = requested === appointmentId;
  if (asked) requested = undefined;
  return asked;
}
