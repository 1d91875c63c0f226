const byId = (id) => document.getElementById(id);
const VIEWS = ["setup", "joining", "call", "end"];
const VIEW_OF_STATE = {
  setup: "setup",
  joining: "joining",
  "in-call": "call",
  left: "end",
  failed: "end",
  closed: "end",
};

/** Puts the words of a language into the page. */
export function translate(language, say) {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]"))
    element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(element.dataset.label));
  document.title = `SANDBOX · ${say("conference")}`;
}

/** @param {"setup" | "joining" | "in-call" | "left" | "failed" | "closed"} state */
export function showView(state) {
  document.documentElement.dataset.state = state;
  const shown = VIEW_OF_STATE[state];
  for (const view of VIEWS) byId(`${view}-view`).hidden = view !== shown;
  // Only who is in this page already: the page around it may be where somebody is writing.
  if (document.hasFocus()) byId(`${shown}-view`).querySelector("h1").focus({ preventScroll: true });
}

/** @param {import("./call.js").Ending} ending */
export function showEnd({ state, title, text }, say) {
  byId("end-title").textContent = say(title);
  byId("end-text").textContent = say(text);
  showView(state);
}

let noticeTimer;
/** Shows a line above the controls, and reads it out; an empty one takes it away. */
export function notify(text, { forMs } = {}) {
  clearTimeout(noticeTimer);
  const notice = byId("notice");
  notice.textContent = text;
  notice.hidden = text === "";
  if (forMs) noticeTimer = setTimeout(() => notify(""), forMs);
}

/** Reads out what the eye sees by itself. */
export const announce = (text) => {
  byId("announcer").textContent = text;
};
