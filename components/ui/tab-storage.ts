/**
 * Forgets whatever this tab has kept: what was typed and not sent is nobody's any more once its writer signs out. A browser that keeps
 * nothing has nothing to forget.
 */
export function forgetTab(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Storage is refused here, so that nothing is in it.
  }
}
