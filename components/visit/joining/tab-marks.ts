/**
 * What is kept here as well: a browser that stores nothing for sites throws at every touch of its storage, and the marks then last as long
 * as the page.
 */
const ofThisPage = new Set<string>();

const leftKey = (appointmentId: string) => `visit-left:${appointmentId}`;
const inKey = (appointmentId: string) => `visit-in:${appointmentId}`;

/** Whether the person left this call in this tab, so that a reload does not pull them in again. */
export const hasLeft = (appointmentId: string): boolean => isSet(leftKey(appointmentId));

export const markLeft = (appointmentId: string, isLeft: boolean): void =>
  mark(leftKey(appointmentId), isLeft);

/** Whether this tab was in the call when it was last seen, so that a reload leads back into it. */
export const wasIn = (appointmentId: string): boolean => isSet(inKey(appointmentId));

export const markIn = (appointmentId: string, isIn: boolean): void => mark(inKey(appointmentId), isIn);

function isSet(key: string): boolean {
  if (ofThisPage.has(key)) return true;
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function mark(key: string, isOn: boolean): void {
  if (isOn) ofThisPage.add(key);
  else ofThisPage.delete(key);
  try {
    if (isOn) sessionStorage.setItem(key, "1");
    else sessionStorage.removeItem(key);
  } catch {
    // Kept for this page alone.
  }
}
