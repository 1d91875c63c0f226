import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

/*
 * A real OpenID provider on this machine, in which a clinic's invented staff have accounts. It asks whom to sign in, and whether with a
 * second step; it believes everybody.
 */

export const CLIENT = { clientId: "portal", clientSecret: "demo-client-secret-of-the-tests" };

/** What the provider says of somebody, by the account's name there. */
export type Staff = Record<
  string,
  { email: string; email_verified: boolean; name?: string; groups?: string[] }
>;

export type IdentityProvider = { issuer: string; stop: () => Promise<void> };

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

export const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const readForm = async (request: AsyncIterable<Uint8Array>): Promise<URLSearchParams> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

const page = (
  uid: string,
) => `<!doctype html><html lang="en"><title>Clinic login</title><link rel="icon" href="data:,"><h1>Clinic login</h1>
<form method="post" action="/interaction/${uid}">
<label>Account <input name="account"></label> <label><input type="checkbox" name="mfa" value="1"> Second step</label>
<button>Continue</button></form></html>`;

/** @param redirectUri where it may send browsers back to */
export async function startIdentityProvider(redirectUri: string, staff: Staff): Promise<IdentityProvider> {
  const server = createServer();
  const issuer = `http://127.0.0.1:${await listen(server)}`;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "one", alg: "RS256", use: "sig" };
  const claims = ["email", "email_verified", "name", "groups", "acr", "amr"];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["of the tests and of nobody else"] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: null,
      amr: null,
    },
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => {
      const known = Object.hasOwn(staff, accountId) ? staff[accountId] : undefined;
      return known && { accountId, claims: () => ({ sub: accountId, ...known }) };
    },
    // Staff are not asked whether their own clinic may know who they are.
    loadExistingGrant: async (context) => {
      const { client, session, provider: own } = context.oidc;
      const grant = new own.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope("openid email profile");
      grant.addOIDCClaims(claims);
      await grant.save();
      return grant;
    },
    ttl: { AuthorizationCode: 60, AccessToken: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
    renderError: (context, { error }) => {
      context.body = error;
    },
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    const uid = request.url?.match(/^\/interaction\/([\w-]+)$/)?.[1];
    if (uid === undefined) return answer(request, response);
    if (request.method !== "POST") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return response.end(page(uid));
    }
    const form = await readForm(request);
    const login = {
      accountId: form.get("account") ?? "",
      amr: form.has("mfa") ? ["pwd", "mfa"] : ["pwd"],
    };
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  });
  return { issuer, stop: () => close(server) };
}

/**
 * Goes to the provider as a browser does, signs in there, and stops where it would be sent back.
 *
 * @returns the address to which it is sent back
 */
export async function passProvider(
  url: string,
  redirectUri: string,
  { account, mfa = false }: { account: string; mfa?: boolean },
): Promise<URL> {
  const cookies = new Map<string, string>();
  let [address, body]: [URL, URLSearchParams | undefined] = [new URL(url), undefined];
  for (let step = 0; step < 10; step += 1) {
    const response: Response = await fetch(address, {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      ...(body && { method: "POST", body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]?.split("=", 2) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const location = response.headers.get("location");
    body = location === null ? new URLSearchParams({ account, ...(mfa && { mfa: "1" }) }) : undefined;
    if (location !== null) address = new URL(location, address);
    if (address.href.startsWith(redirectUri)) return address;
    if (location === null && !address.pathname.startsWith("/interaction/"))
      throw new Error(`the provider answers ${response.status}: ${await response.text()}`);
  }
  throw new Error("the provider leads nowhere");
}
