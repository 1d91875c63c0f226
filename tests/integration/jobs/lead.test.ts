import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db/client";
import { lead } from "@/lib/jobs/lead";

const stops: { controller: AbortController; done: Promise<void> }[] = [];
afterEach(async () => {
  for (const { controller } of stops) controller.abort();
  await Promise.all(stops.splice(0).map(({ done }) => done));
});

/** One that would like to lead, and says when it does. */
function candidate(name: string) {
  const seen = { leads: false, terms: 0 };
  const controller = new AbortController();
  const work = async (signal: AbortSignal) => {
    seen.leads = true;
    seen.terms += 1;
    await delay(600_000, undefined, { signal }).catch(() => undefined);
    seen.leads = false;
  };
  const done = lead(name, work, controller.signal);
  stops.push({ controller, done });
  return { seen, controller };
}

const until = (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { timeout: 20_000 });

describe("what one process does for all", () => {
  it("is done by one of several, and by another when that one goes", async () => {
    const name = randomUUID();
    const all = Array.from({ length: 3 }, () => candidate(name));
    await until(() => all.some(({ seen }) => seen.leads));
    expect(all.filter(({ seen }) => seen.leads)).toHaveLength(1);
    const first = all.find(({ seen }) => seen.leads)!;
    first.controller.abort();
    const others = all.filter((one) => one !== first);
    await until(() => others.some(({ seen }) => seen.leads));
    expect(others.filter(({ seen }) => seen.leads)).toHaveLength(1);
    expect(first.seen.leads).toBe(false);
  });

  it("is taken up again when the connection that holds it is lost", async () => {
    const name = randomUUID();
    const { seen } = candidate(name);
    await until(() => seen.leads);
    await db().$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${`portal-lead-${name}`}`;
    await until(() => seen.terms === 2 && seen.leads);
  });
});
