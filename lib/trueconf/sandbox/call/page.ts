import { html, raw } from "hono/html";

/** What the call page needs to know of the server that serves it. */
export type CallPageOptions = {
  conferenceId: string;
  /** The portals that may frame the page and hear its messages. */
  portalOrigins: readonly string[];
  /** Whether visitors whose devices are allowed already go straight in. */
  autojoin: boolean;
};

/** Paths within a 24 × 24 box, drawn for this page; `off` strikes one through. */
const ICONS = {
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5 11a7 7 0 0 0 14 0M12 18v3",
  camera:
    "M3 7.5A1.5 1.5 0 0 1 4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5ZM15 10.5l6-3.5v10l-6-3.5",
  screen: "M4 4h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM8 20h8M12 16v4",
  leave:
    "M3 14.5c0-5 18-5 18 0v1a1.5 1.5 0 0 1-1.5 1.5h-3A1.5 1.5 0 0 1 15 15.5v-2c-2-.7-4-.7-6 0v2A1.5 1.5 0 0 1 7.5 17h-3A1.5 1.5 0 0 1 3 15.5Z",
} as const;

const icon = (name: keyof typeof ICONS) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}" /><path class="strike" d="M4 4l16 16" /></svg>`;

const control = (name: keyof typeof ICONS) =>
  html`<button type="button" id="${name}" class="control">${icon(name)}<span></span></button>`;

/** The page of a conference; its scripts and styles lie beside this file and are served under `/_call/`. Scripts put in the words. */
export function callPage({ conferenceId, portalOrigins, autojoin }: CallPageOptions): string {
  return String(html`${raw("<!doctype html>")}
<html lang="en">
<head>
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="dark" />
  <title>SANDBOX</title>
  <link rel="icon" href="data:," />
  <link rel="stylesheet" href="/_call/base.css" />
  <link rel="stylesheet" href="/_call/stage.css" />
  <script type="module" src="/_call/main.js"></script>
</head>
<body data-conference="${conferenceId}" data-portal-origins="${portalOrigins.join(" ")}" data-autojoin="${String(autojoin)}">
  <header class="banner" data-word="sandbox">SANDBOX</header>
  <noscript><p class="centre">This page needs JavaScript.</p></noscript>
  <main>
    <section id="setup-view" class="card" hidden>
      <h1 data-word="setupTitle" tabindex="-1"></h1>
      <div class="preview">
        <video id="preview" autoplay muted playsinline data-label="preview"></video>
        <p id="preview-note"></p>
      </div>
      <label class="field"><span data-word="camera"></span><select id="pick-video"></select></label>
      <label class="field"><span data-word="microphone"></span><select id="pick-audio"></select></label>
      <meter id="level" min="0" max="1" value="0" data-label="microphoneLevel"></meter>
      <p id="setup-note" role="status"></p>
      <button type="button" id="join" class="primary" data-word="join"></button>
    </section>
    <section id="joining-view" class="centre" hidden>
      <h1 data-word="joiningTitle" tabindex="-1"></h1>
    </section>
    <section id="call-view" hidden>
      <h1 id="topic" class="spoken" data-word="conference" tabindex="-1"></h1>
      <div class="stage">
        <ul id="tiles" data-label="participants"></ul>
        <p id="alone" role="status"></p>
      </div>
      <p id="notice" role="status" hidden></p>
      <div id="controls" role="toolbar" data-label="controls">
        ${control("microphone")}${control("camera")}${control("screen")}
        <button type="button" id="sound" class="control plain" data-word="playSound" hidden></button>
        ${control("leave")}
      </div>
    </section>
    <section id="end-view" class="centre" hidden>
      <h1 id="end-title" tabindex="-1"></h1>
      <p id="end-text"></p>
    </section>
  </main>
  <p id="announcer" class="spoken" role="status"></p>
</body>
</html>`);
}
