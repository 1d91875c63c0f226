import { html, raw } from "hono/html";
import type { viewState } from "../routes/control";

type View = ReturnType<typeof viewState>;
type Markup = ReturnType<typeof html>;

const STATUSES = [
  [0, "offline"],
  [1, "online"],
  [2, "busy"],
  [5, "in a call of their own"],
] as const;

const clockTime = (epochMs: number): string => new Date(epochMs).toISOString().slice(11, 19);
const instant = (epochSeconds: number): string =>
  `${new Date(epochSeconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;

function table(caption: string, heads: readonly string[], rows: readonly Markup[], none: string): Markup {
  if (rows.length === 0) return html`<h2>${caption}</h2><p class="none">${none}</p>`;
  return html`<h2 id="${idOf(caption)}">${caption}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${idOf(caption)}">
      <table>
        <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>`;
}

const idOf = (caption: string): string => caption.toLowerCase().replaceAll(/[^a-z]+/g, "-");

const conferenceRow = (conference: View["conferences"][number]) => html`<tr>
  <th scope="row"><code>${conference.id}</code><br />${conference.topic}</th>
  <td><span class="state" data-state="${conference.state}">${conference.state}</span>${conference.recording ? html`<br /><strong>recorded</strong>` : ""}</td>
  <td>${conference.schedule.type === 1 ? instant(conference.schedule.start_time) : "no schedule"}</td>
  <td>
    ${
      conference.participants.length === 0
        ? "nobody"
        : html`<ul>${conference.participants.map(
            (one) =>
              html`<li>${one.name} <small>${one.kind}, since ${clockTime(one.joinedAt)}${one.connected ? "" : ", connection lost"}</small></li>`,
          )}</ul>`
    }
  </td>
</tr>`;

const linkRow = (link: View["links"][number]) => html`<tr>
  <th scope="row">${link.name}</th>
  <td>${link.kind}</td>
  <td><code>${link.conferenceId}</code></td>
  <td>${link.secondsLeft} s left${link.used ? ", used" : ""}</td>
</tr>`;

const userRow = (user: View["users"][number]) => html`<tr>
  <th scope="row"><label for="user-${user.id}">${user.displayName}</label> <code>${user.id}</code></th>
  <td>
    <select id="user-${user.id}" data-user="${user.id}">
      ${STATUSES.map(
        ([value, word]) =>
          html`<option value="${value}" ${user.status === value ? "selected" : ""}>${word}</option>`,
      )}
    </select>
  </td>
</tr>`;

const faultRow = (fault: View["faults"][number]) => html`<tr>
  <th scope="row">${fault.kind}${fault.kind === "latency" ? ` ${fault.ms} ms` : ""}</th>
  <td><code>${fault.match.method ?? "any"} ${fault.match.path ?? fault.match.pattern ?? "every path"}</code></td>
  <td>${fault.times === undefined ? "until removed" : `${fault.times} more`}</td>
</tr>`;

const switchRow = ([name, value]: [string, unknown]) => html`<tr>
  <th scope="row"><code>${name}</code></th>
  <td>${Array.isArray(value) ? value.join(" ") : String(value)}</td>
</tr>`;

/** The sandbox's front page: everything in it at this moment, and the users' status to set. It refreshes by itself. */
export function statusPage(view: View): string {
  const skew = view.skewMs === 0 ? "" : `, ${view.skewMs} ms off`;
  return String(html`${raw("<!doctype html>")}
<html lang="en">
<head>
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="light dark" />
  <title>SANDBOX: conferences</title>
  <link rel="icon" href="data:," />
  <link rel="stylesheet" href="/_status/status.css" />
  <script type="module" src="/_status/refresh.js"></script>
</head>
<body>
  <header>
    <p class="banner">SANDBOX</p>
    <h1>A stand-in video server for development</h1>
    <p>Not TrueConf. Nothing here reaches beyond this machine. Its clock says ${clockTime(view.now)} UTC${skew}.</p>
  </header>
  <main>
    ${table("Conferences", ["Conference", "State", "Start", "Inside"], view.conferences.map(conferenceRow), "No conferences yet.")}
    ${table("Links", ["For", "Kind", "Conference", "Validity"], view.links.map(linkRow), "No link is valid now. Each lives for one minute.")}
    ${table("Users", ["User", "Status"], view.users.map(userRow), "No users.")}
    ${table("Faults", ["Fault", "Strikes", "How often"], view.faults.map(faultRow), "No fault is ordered.")}
    ${table("Switches", ["Switch", "Position"], Object.entries(view.switches).map(switchRow), "")}
  </main>
</body>
</html>`);
}
