import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { startSandbox } from "@/lib/trueconf/sandbox/start";
import { openSandbox } from "./harness";

const ENTRY = fileURLToPath(new URL("../../../lib/trueconf/sandbox/entry.ts", import.meta.url));

function start(
  args: string[],
  stdio: ("pipe" | "ignore" | "ipc")[],
  environment: Record<string, string> = {},
): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", ENTRY, ...args], {
    stdio,
    env: { ...process.env, SANDBOX_PORT: "0", ...environment },
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", () => reject(new Error("it ended before it listened")));
  });

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("exit", (code) => resolve(code)));

describe("the process", () => {
  it("says in one line of JSON where it listens, knows its options, and ends on SIGTERM", async () => {
    const child = start(
      ["--owner", "service", "--client-id", "me", "--client-secret", "invented", "--guest-seats", "3"],
      ["ignore", "pipe", "pipe"],
    );
    const line = await firstLine(child);
    expect(line).toMatch(/^\{"sandbox":"http:\/\/127\.0\.0\.1:\d+"\}\n$/);
    const url: string = JSON.parse(line).sandbox;
    const token = await fetch(`${url}/oauth2/v1/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: "me",
        client_secret: "invented",
      }),
    });
    expect(token.status).toBe(200);
    const state = (await (await fetch(`${url}/_sandbox/state`)).json()) as {
      switches: { guestSeats: number };
      users: { id: string }[];
    };
    expect(state.switches.guestSeats).toBe(3);
    expect(state.users[0]?.id).toBe("service");
    const exit = exitOf(child);
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
  });

  it("takes its options from the environment, where no argument says otherwise", async () => {
    const child = start(["--owner", "service"], ["ignore", "pipe", "pipe"], {
      SANDBOX_OWNER: "other",
      SANDBOX_GUEST_SEATS: "2",
    });
    const url: string = JSON.parse(await firstLine(child)).sandbox;
    const state = await (await fetch(`${url}/_sandbox/state`)).json();
    expect(state).toMatchObject({ switches: { guestSeats: 2 } });
    expect(JSON.stringify(state)).toContain('"service"');
    expect(JSON.stringify(state)).not.toContain('"other"');
  });

  it("ends with its parent's channel, or with its standard input", async () => {
    const byChannel = start(["--with-parent"], ["ignore", "pipe", "pipe", "ipc"]);
    const byInput = start(["--with-parent"], ["pipe", "pipe", "pipe"]);
    await Promise.all([firstLine(byChannel), firstLine(byInput)]);
    const exits = Promise.all([exitOf(byChannel), exitOf(byInput)]);
    byChannel.disconnect();
    byInput.stdin?.end();
    expect(await exits).toEqual([0, 0]);
  });

  it("names a wrong option and a busy port, and ends with 1", async () => {
    const busy = await openSandbox();
    for (const [args, words] of [
      [["--guest-seats", "many"], "--guest-seats"],
      [["--port", new URL(busy.url).port], "EADDRINUSE"],
    ] as const) {
      const child = start([...args], ["ignore", "pipe", "pipe"]);
      let said = "";
      child.stderr?.on("data", (chunk) => {
        said += chunk;
      });
      expect(await exitOf(child)).toBe(1);
      expect(said).toContain(words);
    }
  });
});

/** The certificate beside this file is for this machine's loopback and trusted by nobody. */
describe("a certificate of its own", () => {
  it("serves HTTPS and secure sockets, which only those who trust it reach", async () => {
    const cert = readFileSync(new URL("loopback-cert.pem", import.meta.url));
    const key = readFileSync(new URL("loopback-key.pem", import.meta.url));
    const sandbox = await startSandbox({
      clientId: "portal",
      clientSecret: "invented",
      owner: "clinic",
      tls: { cert, key },
    });
    onTestFinished(() => sandbox.stop());
    expect(sandbox.url).toMatch(/^https:/);
    const statusWith = (ca: Buffer | undefined) =>
      new Promise<number | string | undefined>((resolve) => {
        const ask = request(`${sandbox.url}/api/v4/server`, { ca, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        ask.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
        ask.end();
      });
    expect(await statusWith(cert)).toBe(200);
    expect(await statusWith(undefined)).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    const socket = new WebSocket(`${sandbox.url.replace("https", "wss")}/_call/ws`, { ca: cert });
    await new Promise<void>((resolve, reject) => socket.once("open", () => resolve()).once("error", reject));
    socket.close();
  });
});
