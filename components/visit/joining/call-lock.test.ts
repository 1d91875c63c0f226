import { describe, expect, it, vi } from "vitest";
import { holdLock } from "./call-lock";

type Hold = (lock: Lock | null) => Promise<void> | undefined;

/** A browser's locks, of which the test decides what becomes of a request. */
const locksThat = (answer: (hold: Hold) => Promise<unknown>) =>
  ({ request: (_name: string, _options: LockOptions, hold: Hold) => answer(hold) }) as unknown as LockManager;
const LOCK = { name: "call", mode: "exclusive" } as Lock;

describe("the lock of a call", () => {
  it("is held until it is given back", async () => {
    let isOver = false;
    const locks = locksThat(async (hold) => {
      await hold(LOCK);
      isOver = true;
    });
    const stolen = vi.fn();
    const giveBack = await holdLock(locks, "call", false, stolen);
    expect(isOver).toBe(false);
    giveBack?.();
    await vi.waitFor(() => expect(isOver).toBe(true));
    expect(stolen).not.toHaveBeenCalled();
  });

  it("is not this tab's where another one has it", async () => {
    const locks = locksThat(async (hold) => hold(null));
    expect(await holdLock(locks, "call", false, vi.fn())).toBeUndefined();
  });

  it("tells the tab from which it was taken", async () => {
    let steal: (reason: Error) => void = () => undefined;
    const locks = locksThat((hold) => {
      void hold(LOCK);
      return new Promise((_resolve, reject) => {
        steal = reject;
      });
    });
    const stolen = vi.fn();
    await holdLock(locks, "call", false, stolen);
    steal(new DOMException("stolen", "AbortError"));
    await vi.waitFor(() => expect(stolen).toHaveBeenCalledOnce());
  });

  it("is every tab's where the browser has none, or forbids them", async () => {
    const forbidden = locksThat(() => Promise.reject(new DOMException("no", "SecurityError")));
    const stolen = vi.fn();
    for (const locks of [undefined, forbidden])
      expect(await holdLock(locks, "call", true, stolen)).toBeTypeOf("function");
    expect(stolen).not.toHaveBeenCalled();
  });
});
