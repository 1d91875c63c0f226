/**
 * Takes the browser's lock of one call: of all its tabs one has the call. Where there are no locks, or the browser forbids them to sites,
 * every tab may.
 *
 * @param take also from the tab that has it
 * @param onStolen another tab took it from this one
 * @returns gives it back; nothing where another tab has it
 */
export function holdLock(
  locks: LockManager | undefined,
  name: string,
  take: boolean,
  onStolen: () => void,
): Promise<(() => void) | undefined> {
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    let isHeld = false;
    const hold = (lock: Lock | null) => {
      if (!lock) return resolve(undefined);
      isHeld = true;
      return new Promise<void>((done) => {
        resolve(() => {
          isHeld = false;
          done();
        });
      });
    };
    locks
      .request(name, take ? { steal: true } : { ifAvailable: true }, hold)
      .catch(() => (isHeld ? onStolen() : resolve(() => undefined)));
  });
}
