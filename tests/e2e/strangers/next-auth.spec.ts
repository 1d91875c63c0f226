import { newId } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { openAccount, withRows } from "../practice";
import { type Account, accountOf } from "../steps";

/* next-auth's own door, as programs use it: what it lets nobody write, and what it leaves behind. */

/** What a browser keeps between its calls, and nothing else of one. */
class Jar {
  private readonly cookies = new Map<string, string>();

  async ask(path: string, body?: Record<string, unknown>): Promise<Response> {
    const answer = await fetch(`${runningPortal().url}/api/auth/${path}`, {
      method: body ? "POST" : "GET",
      redirect: "manual",
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body ? { "content-type": "application/json", origin: runningPortal().url } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const at = pair.indexOf("=");
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  async post(path: string, fields: Record<string, unknown>): Promise<Response> {
    const { csrfToken } = (await (await this.ask("csrf")).json()) as { csrfToken: string };
    return this.ask(path, { csrfToken, json: true, ...fields });
  }

  /** The session's row that the cookie names. */
  async sid(): Promise<string | undefined> {
    return ((await (await this.ask("session")).json()) as { sid?: string }).sid;
  }
}

const signedIn = async (account: Account, jar = new Jar()): Promise<Jar> => {
  await jar.post("callback/credentials", account);
  return jar;
};

const isEnded = (id: string | undefined): Promise<boolean> =>
  withRows(runningPortal(), async (database) => {
    const row = await database.session.findUniqueOrThrow({ where: { id: id ?? "" } });
    return row.revokedAt !== null;
  });

test("nobody writes another session into their own token", async () => {
  const administrator = await (await signedIn(accountOf("administrator"))).sid();
  const jar = await signedIn(await openAccount(runningPortal()));
  const own = await jar.sid();
  expect(own).toBeDefined();
  expect(administrator).not.toBe(own);
  const payloads = [
    { sid: administrator },
    { data: { sid: administrator } },
    { data: { user: { id: administrator }, token: { sid: administrator } } },
    { data: { sid: newId(), roles: ["administrator"] } },
  ];
  for (const payload of payloads) {
    const answer = await jar.post("session", payload);
    expect(answer.status).toBeLessThan(500);
    expect(await jar.sid()).toBe(own);
  }
});

test("a sign-in leaves no session behind in its browser, and a sign-out none at all", async () => {
  const [first, second] = [await openAccount(runningPortal()), await openAccount(runningPortal())];
  const jar = await signedIn(first);
  const before = await jar.sid();
  await jar.post("callback/credentials", { ...second, password: "not the password" });
  expect(await isEnded(before)).toBe(false);
  await signedIn(second, jar);
  const after = await jar.sid();
  expect(after).not.toBe(before);
  expect([await isEnded(before), await isEnded(after)]).toEqual([true, false]);
  await jar.post("signout", {});
  expect(await isEnded(after)).toBe(true);
});
