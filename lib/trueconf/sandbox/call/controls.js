import { LocalMedia } from "./devices.js";

const byId = (id) => document.getElementById(id);

/**
 * The buttons under the call. Each names what pressing it will do, and is struck through while its device is off.
 *
 * @param {{
 *   media: LocalMedia,
 *   say: ReturnType<typeof import("./words.js").speak>,
 *   onLeave: () => void,
 *   onNotice: (text: string) => void,
 * }} options
 * @returns {{ show: () => void }} `show` brings the buttons up to date
 */
export function setUpControls({ media, say, onLeave, onNotice }) {
  const show = () => {
    const { screen } = media.state;
    const microphone = media.hasMicrophone && media.wantsMicrophone;
    const camera = media.hasCamera && media.wantsCamera;
    label("microphone", microphone, say(microphone ? "microphoneOn" : "microphoneOff"));
    label("camera", camera, say(camera ? "cameraOn" : "cameraOff"));
    label("screen", screen, say(screen ? "screenOn" : "screenOff"));
    byId("microphone").disabled = !media.hasMicrophone;
    byId("camera").disabled = !media.hasCamera;
  };
  byId("screen").hidden = !LocalMedia.canShareScreen;
  byId("leave").querySelector("span").textContent = say("leave");

  byId("microphone").addEventListener("click", () => media.setMicrophone(!media.wantsMicrophone));
  byId("camera").addEventListener("click", () => media.setCamera(!media.wantsCamera));
  byId("screen").addEventListener("click", async () => {
    if (media.isSharing) media.stopSharing();
    else if (!(await media.shareScreen())) onNotice(say("screenRefused"));
  });
  byId("leave").addEventListener("click", onLeave);
  return { show };
}

function label(id, isOn, text) {
  const button = byId(id);
  button.dataset.on = String(isOn);
  button.querySelector("span").textContent = text;
}
