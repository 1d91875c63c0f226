import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/core/ids";
import { ok, refuse } from "@/lib/core/result";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { closeEvents, isListening, subscribe } from "@/lib/events/listen";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, CLINIC_TOPIC, practitionerTopic, type Topic } from "@/lib/events/topics";

const announce = (...topics: Topic[]) =>
  transaction(async (tx) => {
    await publish(tx, topics);
    return ok();
  });

/** Subscribes, and waits until the connection listens and the signal that comes with it has been heard. */
async function follow(topics: Topic[]) {
  const onSignal = vi.fn();
  const end = subscribe(topics, onSignal);
  await vi.waitFor(() => expect(isListening()).toBe(true), 5_000);
  await announce(...topics);
  await vi.waitFor(() => expect(onSignal).toHaveBeenCalled());
  await quiet();
  onSignal.mockClear();
  return { onSignal, end };
}

/** Long enough for anything on its way to arrive. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

const listeners = () =>
  db().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE application_name = ${`portal-events-${process.pid}`}`;

describe("changes told between processes", () => {
  afterEach(closeEvents);
  afterAll(closeDb);

  it("reach whoever follows the topic, when the transaction commits and not before", async () => {
    const topic = appointmentTopic(newId());
    const { onSignal } = await follow([topic]);
    await transaction(async (tx) => {
      await publish(tx, [topic]);
      await quiet();
      expect(onSignal).not.toHaveBeenCalled();
      return ok();
    });
    await vi.waitFor(() => expect(onSignal).toHaveBeenCalledOnce());
  });

  it("are never heard of when the transaction rolls back", async () => {
    const topic = appointmentTopic(newId());
    const { onSignal } = await follow([topic]);
    await transaction(async (tx) => {
      await publish(tx, [topic]);
      return refuse("slot_taken");
    });
    await quiet();
    expect(onSignal).not.toHaveBeenCalled();
  });

  it("come once, however often one transaction tells them", async () => {
    const topic = practitionerTopic(newId());
    const { onSignal } = await follow([topic]);
    await transaction(async (tx) => {
      await publish(tx, [topic, topic]);
      await publish(tx, [topic]);
      await publish(tx, []);
      return ok();
    });
    await quiet();
    expect(onSignal).toHaveBeenCalledOnce();
  });

  it("reach nobody who follows something else, or who has stopped", async () => {
    const [mine, other] = [appointmentTopic(newId()), appointmentTopic(newId())];
    const { onSignal, end } = await follow([mine, CLINIC_TOPIC]);
    await announce(other);
    await quiet();
    expect(onSignal).not.toHaveBeenCalled();
    await announce(CLINIC_TOPIC);
    await vi.waitFor(() => expect(onSignal).toHaveBeenCalledOnce());
    end();
    end();
    await announce(mine);
    await quiet();
    expect(onSignal).toHaveBeenCalledOnce();
  });

  it("come over one connection, however many follow", async () => {
    expect(await listeners()).toEqual([]);
    for (let count = 0; count < 20; count += 1) subscribe([appointmentTopic(newId())], () => undefined);
    await follow([CLINIC_TOPIC]);
    expect(await listeners()).toHaveLength(1);
    await closeEvents();
    await vi.waitFor(async () => expect(await listeners()).toEqual([]));
  });

  it("are signalled as perhaps missed when the connection was lost, and come again afterwards", async () => {
    const topic = appointmentTopic(newId());
    const first = await follow([topic]);
    const second = await follow([CLINIC_TOPIC]);
    const [before] = await listeners();
    await db().$queryRaw`SELECT pg_terminate_backend(${before?.pid}::int)`;
    await vi.waitFor(() => expect(isListening()).toBe(false));
    await vi.waitFor(() => {
      expect(first.onSignal).toHaveBeenCalledOnce();
      expect(second.onSignal).toHaveBeenCalledOnce();
    }, 5_000);
    expect((await listeners()).map(({ pid }) => pid)).not.toContain(before?.pid);
    await announce(topic);
    await vi.waitFor(() => expect(first.onSignal).toHaveBeenCalledTimes(2));
    expect(second.onSignal).toHaveBeenCalledOnce();
  });

  it("are handled in the context of the request that subscribed", async () => {
    const request = new AsyncLocalStorage<string>();
    const heard: (string | undefined)[] = [];
    await request.run("first", () => follow([CLINIC_TOPIC]));
    const topic = appointmentTopic(newId());
    request.run("second", () => subscribe([topic], () => heard.push(request.getStore())));
    await announce(topic);
    await vi.waitFor(() => expect(heard).toEqual(["second"]));
  });
});
