import PgBoss from "pg-boss";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/core/ids";
import { ok, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { JOBS_SCHEMA, QUEUES } from "@/lib/jobs/queues";
import { enqueue } from "@/lib/jobs/send";
import { type Handlers, work } from "@/lib/jobs/work";

const waiting = (appointmentId: string) => db().$queryRaw<{ state: string }[]>`
  SELECT state::text FROM pgboss.job WHERE data->>'appointmentId' = ${appointmentId}`;

/** Works with handlers that only count, unless a test says otherwise. */
const handlers = (over: Partial<Handlers> = {}): Handlers => ({
  ...(Object.fromEntries(
    Object.keys(QUEUES).map((name) => [name, async () => undefined]),
  ) as unknown as Handlers),
  ...over,
});

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

describe("a job", () => {
  it("exists if, and only if, its transaction committed", async () => {
    const [kept, dropped] = [newId(), newId()];
    await transaction(async (tx) => {
      await enqueue(tx, "appointment.booked", { appointmentId: kept });
      return ok();
    });
    await transaction(async (tx) => {
      await enqueue(tx, "appointment.booked", { appointmentId: dropped });
      return refuse("refused");
    });
    expect(await waiting(kept)).toEqual([{ state: "created" }]);
    expect(await waiting(dropped)).toEqual([]);
  });

  it("left behind by a process that died after the commit is done by the next worker", async () => {
    const appointmentId = newId();
    await transaction(async (tx) => {
      await enqueue(tx, "appointment.booked", { appointmentId });
      return ok();
    });
    const done: string[] = [];
    stop = await work(
      handlers({ "appointment.booked": async (payload) => void done.push(payload.appointmentId) }),
    );
    await vi.waitFor(() => expect(done).toContain(appointmentId), { timeout: 10_000 });
    await vi.waitFor(async () => expect(await waiting(appointmentId)).toEqual([{ state: "completed" }]), {
      timeout: 10_000,
    });
  });

  it("that failed is tried again later", async () => {
    const appointmentId = newId();
    await transaction(async (tx) => {
      await enqueue(tx, "appointment.booked", { appointmentId });
      return ok();
    });
    const failing = async (payload: { appointmentId: string }) => {
      if (payload.appointmentId === appointmentId) throw new Error("not yet");
    };
    stop = await work(handlers({ "appointment.booked": failing }));
    await vi.waitFor(async () => expect(await waiting(appointmentId)).toEqual([{ state: "retry" }]), {
      timeout: 10_000,
    });
  });
});

describe("the clock", () => {
  it("sends its jobs under the application's role, which cannot make a queue", async () => {
    const boss = new PgBoss({
      connectionString: process.env.DATABASE_URL ?? "",
      schema: JOBS_SCHEMA,
      migrate: false,
      cronMonitorIntervalSeconds: 1,
      cronWorkerIntervalSeconds: 1,
    });
    const errors: unknown[] = [];
    boss.on("error", (error) => errors.push(error));
    await boss.start();
    try {
      // The schedule of every minute is due at once for a clock that has never looked.
      await vi.waitFor(
        async () => {
          const sent = await db().$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'visits.sweep'`;
          expect(sent.length).toBeGreaterThan(0);
        },
        { timeout: 25_000 },
      );
      expect(errors).toEqual([]);
    } finally {
      await boss.stop({ graceful: false });
    }
  });
});
