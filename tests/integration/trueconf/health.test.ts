import { afterAll, beforeAll, expect, it } from "vitest";
import { trueconfHealth } from "@/lib/trueconf/health";
import { startSandbox } from "@/lib/trueconf/sandbox/start";
import { TEST_ENV } from "@/tests/support/env";

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  sandbox = await startSandbox({
    clientId: TEST_ENV.TRUECONF_CLIENT_ID ?? "",
    clientSecret: TEST_ENV.TRUECONF_CLIENT_SECRET ?? "",
    owner: TEST_ENV.TRUECONF_OWNER ?? "",
  });
  // Before the process's client is made: the configuration is read once.
  process.env.TRUECONF_URL = sandbox.url;
});
afterAll(() => sandbox.stop());

const asked = () => {
  const paths = sandbox.state.requests.list().map(({ path }) => path);
  sandbox.state.requests.clear();
  return paths.filter((path) => path.startsWith("/api/"));
};

it("is asked for once in ten seconds, however many look, and says what is wrong", async () => {
  expect(await Promise.all([1, 2, 3].map((ms) => trueconfHealth(ms)))).toEqual(["ok", "ok", "ok"]);
  expect(await trueconfHealth(10_001)).toBe("ok");
  expect(asked()).toHaveLength(1);

  sandbox.state.faults.add({ kind: "html500", match: { path: "/conferences" } });
  expect(await trueconfHealth(10_002)).toBe("server_error");
  expect(asked()).toHaveLength(1);

  sandbox.state.faults.clear();
  sandbox.state.switches.grantedScopes = ["users:read"];
  sandbox.state.tokens.expireAll();
  expect(await trueconfHealth(20_003)).toBe("forbidden");

  sandbox.state.reset();
  sandbox.state.clock.skewMs = -60_000;
  expect(await trueconfHealth(25_000)).toBe("forbidden");
  expect(await trueconfHealth(30_004)).toBe("clock_skew");

  await sandbox.stop();
  expect(await trueconfHealth(40_005)).toBe("unreachable");
  // What went wrong is kept no longer than what went well.
  expect(await trueconfHealth(50_006)).toBe("unreachable");
});
