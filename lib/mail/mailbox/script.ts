/**
 * What the pages' script does: brings new mails into the list as they arrive, says so, and empties the mailbox. It listens only
 * while its tab is seen, since a browser holds few connections to one address. Without it the pages work by reloading.
 */
export const SCRIPT = `
const list = document.querySelector("#list");
const live = document.querySelector("#live");
const count = document.querySelector("#count");
let source;
let newest = list.dataset.newest;

async function refresh() {
  const answer = await fetch("/list?current=" + encodeURIComponent(list.dataset.current));
  if (!answer.ok) return;
  const focused = document.activeElement?.closest?.("#list a")?.getAttribute("href");
  list.innerHTML = await answer.text();
  if (focused) list.querySelector('a[href="' + CSS.escape(focused) + '"]')?.focus();
  count.textContent = answer.headers.get("x-count");
  const now = answer.headers.get("x-newest") ?? "";
  if (now && now !== newest) live.textContent = "New mail: " + list.querySelector(".subject").textContent;
  newest = now;
}

function listen() {
  source?.close();
  source = undefined;
  if (document.visibilityState !== "visible") return;
  source = new EventSource("/events");
  source.addEventListener("changed", refresh);
}
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", listen);

const empty = document.querySelector("#empty");
empty.hidden = false;
empty.addEventListener("click", async () => {
  await fetch("/api/messages", { method: "DELETE" });
  location.assign("/");
});
`;
