import "server-only";
import { resolveTimesKey } from "@/lib/booking/loaders/live-times";
import type { LiveSource } from "@/lib/events/stream";
import { resolveDutyKey } from "@/lib/queue/loaders/duty";
import { resolvePlaceKey } from "@/lib/queue/loaders/place";
import { resolveCardKey } from "@/lib/visits/loaders/card";
import { resolveClinicDayKey } from "@/lib/visits/loaders/clinic-day";
import { resolveConversationKey } from "@/lib/visits/loaders/conversation";
import { resolveHandoversKey } from "@/lib/visits/loaders/handover";
import { resolveLiveKey } from "@/lib/visits/loaders/live";
import { resolveThirdKey } from "@/lib/visits/loaders/third";

type Resolve = (key: string, token: string | undefined) => Promise<LiveSource | undefined>;

/**
 * All that can be followed, by the word that its key begins with. Each looks by itself whose it is; the tests have everybody ask for
 * every one of them.
 */
export const LIVE_KINDS: ReadonlyMap<string, Resolve> = new Map<string, Resolve>([
  ["agenda", resolveLiveKey],
  ["agenda-week", resolveLiveKey],
  ["appointment", resolveLiveKey],
  ["card", resolveCardKey],
  ["clinic-day", resolveClinicDayKey],
  ["conversation", resolveConversationKey],
  ["duty", resolveDutyKey],
  ["handovers", resolveHandoversKey],
  ["inbox", resolveConversationKey],
  ["queue", resolvePlaceKey],
  ["third", resolveThirdKey],
  ["times", resolveTimesKey],
  ["unread", resolveConversationKey],
]);

/** What a key follows; `undefined` for what is not there, and what is not the asker's. */
export const resolveKey: Resolve = async (key, token) =>
  LIVE_KINDS.get(key.split(":")[0] ?? "")?.(key, token);
