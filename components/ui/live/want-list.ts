import { type Want, wantId } from "./types";

/** What one request may ask for (`lib/events/request`). */
const MAX_WANTS = 20;
/** Other tabs speak every 20 seconds, or once a minute where the browser slows hidden ones down; after this they have died. */
const SILENT_MS = 150_000;

/** What the other tabs of this browser follow, as the leading tab knows it. */
export class WantList {
  /** In the order in which the tabs were last looked at. */
  readonly #tabs = new Map<string, { wants: readonly Want[]; heardAt: number }>();

  /** @param looksAt whether somebody has just turned to that tab */
  hear(tab: string, wants: readonly Want[], looksAt: boolean, now: number): void {
    if (looksAt || wants.length === 0) this.#tabs.delete(tab);
    if (wants.length > 0) this.#tabs.set(tab, { wants, heardAt: now });
  }

  clear(): void {
    this.#tabs.clear();
  }

  /**
   * What the stream asks for: this tab's wants, then the others', those looked at last first, as many as fit. So with too many
   * pages open it is the forgotten ones that stand still, until somebody turns to them.
   */
  union(own: readonly Want[], now: number): Want[] {
    const union = new Map(own.map((want) => [wantId(want), want]));
    for (const { wants, heardAt } of [...this.#tabs.values()].reverse()) {
      if (now - heardAt < SILENT_MS) for (const want of wants) union.set(wantId(want), want);
    }
    return [...union.values()].slice(0, MAX_WANTS);
  }
}
