import { isGranted, listDevices } from "./devices.js";
import { showLevel } from "./level.js";

/** A browser that needs longer than this to open the devices has asked the visitor first. */
const UNASKED_MS = 3000;
const NOTES = { "audio-only": "audioOnly", "video-only": "videoOnly", none: "watchOnly", denied: "denied" };

const byId = (id) => document.getElementById(id);

/**
 * The screen before the call: look at oneself, hear oneself, choose devices, join. Visitors of whom nothing need be asked pass it by.
 *
 * @param {import("./devices.js").LocalMedia} media
 * @param {ReturnType<typeof import("./words.js").speak>} say
 * @param {{ autojoin: boolean }} options
 * @returns {Promise<string | undefined>} when it is time to join: what to tell about missing devices
 */
export function prepare(media, say, { autojoin }) {
  return new Promise((resolve) => {
    let endLevel = () => {};
    let note;
    let isDone = false;

    const show = async (opened) => {
      // Devices that are ready only now come into the call by themselves.
      if (isDone) return;
      note = NOTES[opened] && say(NOTES[opened]);
      byId("setup-note").textContent = note ?? "";
      byId("preview").srcObject = media.stream;
      byId("preview-note").textContent = media.hasCamera ? "" : say("noCamera");
      endLevel();
      endLevel = showLevel(media.stream, byId("level"));
      await fillPickers(media, say);
    };
    const finish = () => {
      if (isDone) return;
      isDone = true;
      endLevel();
      navigator.mediaDevices?.removeEventListener("devicechange", refill);
      byId("preview").srcObject = null;
      resolve(note);
    };
    const refill = () => fillPickers(media, say);

    byId("join").addEventListener("click", () => {
      media.settle();
      finish();
    });
    for (const kind of ["audio", "video"])
      byId(`pick-${kind}`).addEventListener("change", async ({ target }) => {
        await show(await media.choose({ [kind]: target.value }));
      });
    navigator.mediaDevices?.addEventListener("devicechange", refill);

    void (async () => {
      const wasGranted = await isGranted(["camera", "microphone"]);
      const askedAt = performance.now();
      if (!wasGranted) byId("setup-note").textContent = say("asking");
      const opened = await media.open();
      const wasAsked = !wasGranted && performance.now() - askedAt > UNASKED_MS;
      await show(opened);
      if ((autojoin || media.chosen.isSettled) && !wasAsked && opened !== "denied") finish();
    })();
  });
}

async function fillPickers(media, say) {
  const devices = await listDevices();
  const names = { audio: "unnamedMicrophone", video: "unnamedCamera" };
  for (const kind of ["audio", "video"]) {
    const picker = byId(`pick-${kind}`);
    const options = devices[kind].map(
      ({ label, deviceId }, index) => new Option(label || say(names[kind], { number: index + 1 }), deviceId),
    );
    picker.replaceChildren(...(options.length > 0 ? options : [new Option(say("none"), "")]));
    picker.disabled = options.length === 0;
    const used = media.tracks()[kind]?.getSettings().deviceId ?? media.chosen[kind];
    if (devices[kind].some(({ deviceId }) => deviceId === used)) picker.value = used;
  }
}
