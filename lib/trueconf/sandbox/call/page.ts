import { html, raw } from "hono/html";

/** What the call page needs to know of the server that serves it. */
export type CallPageOptions = {
  conferenceId: string;
  /** The portals that may frame the page and hear its messages. */
  portalOrigins: readonly string[];
};

/** The page of a conference; its scripts and styles lie beside this file and are served under `/_call/`. */
export function callPage({ conferenceId, portalOrigins }: CallPageOptions): string {
  return String(html`${raw("<!doctype html>")}
<html lang="en">
<head>
  <meta charset="utf-8" />
  <title>SANDBOX call</title>
</head>
<body data-conference="${conferenceId}" data-portal-origins="${portalOrigins.join(" ")}">
  <p>SANDBOX</p>
</body>
</html>`);
}
