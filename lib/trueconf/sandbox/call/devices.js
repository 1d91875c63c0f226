const STORAGE_KEY = "sandbox-call-devices";

/** @typedef {"both" | "audio-only" | "video-only" | "none" | "denied"} Opened what could be opened */

const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** Camera, microphone and screen of this page's visitor. */
export class LocalMedia {
  /** What this page sends; the same object throughout. */
  stream = new MediaStream();
  isSharing = false;
  /** The visitor's wish, which outlives a screen that takes the camera's place for a while. */
  wantsCamera = true;
  wantsMicrophone = true;
  #camera;
  #microphone;
  #screen;
  #chosen = recall();
  #onChange;

  /** @param {() => void} onChange something else is sent from now on */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  static get canShareScreen() {
    return typeof navigator.mediaDevices?.getDisplayMedia === "function";
  }

  get hasCamera() {
    return this.#camera !== undefined;
  }

  get hasMicrophone() {
    return this.#microphone !== undefined;
  }

  get chosen() {
    return this.#chosen;
  }

  /** What the others are told: whether they hear, see, and see a screen. */
  get state() {
    return {
      audio: this.hasMicrophone && this.wantsMicrophone,
      video: this.isSharing || (this.hasCamera && this.wantsCamera),
      screen: this.isSharing,
    };
  }

  /** @returns {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} what is sent now */
  tracks() {
    const camera = this.wantsCamera ? this.#camera : undefined;
    return { audio: this.#microphone ?? null, video: this.#screen ?? camera ?? null };
  }

  /**
   * Opens camera and microphone, or the one that there is.
   *
   * @returns {Promise<Opened>}
   */
  async open() {
    const { audio, video } = this.#chosen;
    const constraints = {
      audio: { ...AUDIO, ...(audio ? { deviceId: { ideal: audio } } : {}) },
      video: { ...VIDEO, ...(video ? { deviceId: { ideal: video } } : {}) },
    };
    const attempts = [
      ["both", constraints, []],
      ["audio-only", { audio: constraints.audio }, ["microphone"]],
      ["video-only", { video: constraints.video }, ["camera"]],
    ];
    let isDenied = false;
    for (const [opened, wanted, names] of attempts) {
      // Whoever said no is not asked again, only what is allowed already is tried.
      if (isDenied && !(await isGranted(names))) continue;
      try {
        this.#adopt(await navigator.mediaDevices.getUserMedia(wanted));
        return opened;
      } catch (error) {
        isDenied ||= error.name === "NotAllowedError";
      }
    }
    return isDenied ? "denied" : "none";
  }

  /** @param {{ audio?: string, video?: string }} choice device ids */
  choose(choice) {
    this.#chosen = { ...this.#chosen, ...choice };
    remember(this.#chosen);
    return this.open();
  }

  /** The visitor was content with these devices: next time they need not be shown again. */
  settle() {
    this.#chosen = { ...this.#chosen, isSettled: true };
    remember(this.#chosen);
  }

  /** Silence is sent in the place of sound, so that speaking again needs no device. */
  setMicrophone(on) {
    this.wantsMicrophone = on;
    if (this.#microphone) this.#microphone.enabled = on;
    this.#onChange();
  }

  /** Off means off: the device is let go and its light goes out. */
  async setCamera(on) {
    this.wantsCamera = on;
    if (on && this.#camera?.readyState === "ended") {
      const { video } = this.#chosen;
      const again = await navigator.mediaDevices
        .getUserMedia({ video: { ...VIDEO, ...(video ? { deviceId: { ideal: video } } : {}) } })
        .catch(() => undefined);
      this.wantsCamera = again !== undefined;
      if (again) this.#camera = again.getVideoTracks()[0];
    } else if (!on) this.#camera?.stop();
    this.#compose();
  }

  /** @returns {Promise<boolean>} false when the visitor thought better of it */
  async shareScreen() {
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: true }).catch(() => undefined);
    this.#screen = screen?.getVideoTracks()[0];
    if (!this.#screen) return false;
    this.isSharing = true;
    // The browser has a button of its own for this.
    this.#screen.addEventListener("ended", () => this.stopSharing());
    this.#compose();
    return true;
  }

  stopSharing() {
    if (!this.isSharing) return;
    this.isSharing = false;
    this.#screen?.stop();
    this.#screen = undefined;
    this.#compose();
  }

  close() {
    for (const track of [this.#camera, this.#microphone, this.#screen]) track?.stop();
    this.isSharing = false;
    this.#camera = this.#microphone = this.#screen = undefined;
    for (const track of this.stream.getTracks()) this.stream.removeTrack(track);
  }

  #adopt(opened) {
    this.#camera?.stop();
    this.#microphone?.stop();
    this.#camera = opened.getVideoTracks()[0];
    this.#microphone = opened.getAudioTracks()[0];
    if (this.#microphone) this.#microphone.enabled = this.wantsMicrophone;
    this.#compose();
  }

  #compose() {
    const { audio, video } = this.tracks();
    for (const track of this.stream.getTracks()) this.stream.removeTrack(track);
    for (const track of [audio, video]) if (track) this.stream.addTrack(track);
    this.#onChange();
  }
}

/** @returns {Promise<{ audio: MediaDeviceInfo[], video: MediaDeviceInfo[] }>} named only once the visitor has given leave */
export async function listDevices() {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const ofKind = (kind) => all.filter((device) => device.kind === kind && device.deviceId);
  return { audio: ofKind("audioinput"), video: ofKind("videoinput") };
}

/** Whether the visitor has given leave for all of these before. Browsers that do not tell count as no. */
export async function isGranted(names) {
  const ask = async (name) => (await navigator.permissions.query({ name })).state === "granted";
  try {
    return (await Promise.all(names.map(ask))).every(Boolean);
  } catch {
    return false;
  }
}

/** Storage may be refused inside a frame; then the browser's own choice of devices holds. */
function recall() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
  } catch {
    return {};
  }
}

function remember(choice) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(choice));
  } catch {
    // Nothing depends on it.
  }
}
