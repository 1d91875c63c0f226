import { Call } from "./call.js";
import { LocalMedia } from "./devices.js";
import { readFragment } from "./fragment.js";
import { notifyParent } from "./parent.js";
import { prepare } from "./setup.js";
import { showEnd, showView, translate } from "./view.js";
import { chooseLanguage, speak } from "./words.js";

const { conference, autojoin } = document.body.dataset;
const claim = readFragment(location.hash);
const language = chooseLanguage(claim?.lang ?? "auto");
const say = speak(language);
translate(language, say);

const media = new LocalMedia(() => call?.mediaChanged());
/** @type {Call | undefined} */
let call;

/** For tests, which look into the connections from outside. */
window.__call = {
  peers: () => call?.connections() ?? [],
  localStream: media.stream,
};

/** @param {import("./call.js").Ending} ending */
function end(ending) {
  media.close();
  showEnd(ending, say);
  notifyParent(ending.tells);
}

async function run() {
  if (typeof RTCPeerConnection !== "function" || typeof WebSocket !== "function") {
    end({ state: "failed", tells: "notSupported", title: "notSupportedTitle", text: "notSupportedText" });
    return;
  }
  if (!claim) {
    end({ state: "failed", tells: "loginFail", title: "refusedTitle", text: "loginFail" });
    return;
  }
  showView("setup");
  const note = await prepare(media, say, { autojoin: autojoin === "true" });
  showView("joining");
  call = new Call({ claim: { conference, ...claim }, media, say, onEnd: end, note });
}

// A page that comes back from the browser's memory has lost its call: begin anew, as a reload would.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
void run();
