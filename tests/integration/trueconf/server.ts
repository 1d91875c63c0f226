import { Temporal } from "temporal-polyfill";
import { newConferenceId } from "@/lib/core/ids";
import { createTrueConf } from "@/lib/trueconf/client";
import { startSandbox } from "@/lib/trueconf/sandbox/start";
import type { SandboxOptions } from "@/lib/trueconf/sandbox/state";

const CLIENT = { clientId: "contract", clientSecret: "demo-contract-secret" };

export type Stand = Awaited<ReturnType<typeof openStand>>;

/** A sandbox and a client that speaks to it. What the client would log is kept. */
export async function openStand(
  options: Partial<SandboxOptions> = {},
  more: Partial<Parameters<typeof createTrueConf>[0]> = {},
) {
  const sandbox = await startSandbox({
    ...CLIENT,
    owner: "clinic",
    guestSeats: 20,
    portalOrigins: [],
    ...options,
  });
  const logged: unknown[] = [];
  const note = (...words: unknown[]) => void logged.push(words);
  const client = createTrueConf({
    url: sandbox.url,
    webOrigin: sandbox.url,
    credentials: CLIENT,
    timeoutMs: 2_000,
    random: () => 0,
    sleep: async () => undefined,
    log: { debug: note, warn: note },
    ...more,
  });
  /** Requests since the last call, the token's among them. */
  const requests = () => {
    const seen = sandbox.state.requests
      .list()
      .map(({ method, path }) => `${method} ${path.replace("/api/v3.11", "")}`);
    sandbox.state.requests.clear();
    return seen.map((line) => line.replace(/[0-9a-f]{32}/, "{id}"));
  };
  return { sandbox, client, logged, requests };
}

/** A conference for tomorrow. */
export const tomorrow = (id = newConferenceId()) => ({
  id,
  topic: "Video visit",
  owner: "clinic",
  schedule: { startAt: Temporal.Now.instant().add({ hours: 24 }), durationMinutes: 20 },
  maxParticipants: 2,
  tags: ["portal", `portal-${id}`] as const,
});

export const guest = (conferenceId: string) => ({
  conferenceId,
  guestId: "g_contract_guest",
  displayName: "Paula Beispiel",
  lang: "en",
});
