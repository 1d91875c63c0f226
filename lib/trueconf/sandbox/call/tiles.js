/** The participants on screen, each with video or a monogram, and with the name and what is off in words. */
export class Tiles {
  #list;
  #say;
  #onSilenced;
  /** @type {Map<string, { item: HTMLElement, video: HTMLVideoElement, name: HTMLElement, off: HTMLElement }>} */
  #tiles = new Map();

  /**
   * @param {HTMLElement} list
   * @param {ReturnType<typeof import("./words.js").speak>} say
   * @param {() => void} onSilenced the browser wants a click before it plays sound
   */
  constructor(list, say, onSilenced) {
    this.#list = list;
    this.#say = say;
    this.#onSilenced = onSilenced;
  }

  /** @param {{ id: string, name: string, stream: MediaStream, isSelf?: boolean }} participant */
  add({ id, name, stream, isSelf = false }) {
    this.remove(id);
    const item = document.createElement("li");
    item.className = "tile";
    item.dataset.self = String(isSelf);
    const video = document.createElement("video");
    video.autoplay = video.playsInline = true;
    // One's own voice is not played back.
    video.muted = isSelf;
    video.srcObject = stream;
    const monogram = element("span", "monogram", initials(name));
    monogram.setAttribute("aria-hidden", "true");
    const label = element("span", "name", isSelf ? this.#say("you", { name }) : name);
    const off = element("span", "off", "");
    const caption = element("p", "caption", "");
    caption.append(label, off);
    item.append(video, monogram, caption);
    this.#tiles.set(id, { item, video, name: label, off });
    this.#list.append(item);
    this.#count();
    if (!isSelf) this.#play(video);
  }

  remove(id) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    tile.video.srcObject = null;
    tile.item.remove();
    this.#tiles.delete(id);
    this.#count();
  }

  /** Everybody but these is gone. */
  keep(ids) {
    for (const id of [...this.#tiles.keys()]) if (!ids.includes(id)) this.remove(id);
  }

  has(id) {
    return this.#tiles.has(id);
  }

  nameOf(id) {
    return this.#tiles.get(id)?.name.textContent ?? "";
  }

  /** @param {{ audio: boolean, video: boolean, screen: boolean }} media */
  show(id, { audio, video, screen }) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    tile.item.dataset.video = String(video);
    tile.item.dataset.screen = String(screen);
    const parts = [
      screen && this.#say("sharesScreen"),
      !audio && this.#say("noMicrophone"),
      !video && this.#say("noCamera"),
    ].filter(Boolean);
    tile.off.textContent = parts.join(", ");
  }

  /** To be called from a click. */
  async playAll() {
    for (const { video } of this.#tiles.values()) await video.play().catch(() => undefined);
  }

  clear() {
    this.keep([]);
  }

  #count() {
    const others = [...this.#tiles.values()].filter(({ item }) => item.dataset.self === "false").length;
    this.#list.dataset.others = String(Math.min(others, 3));
  }

  #play(video) {
    video.play().catch((error) => {
      if (error.name === "NotAllowedError") this.#onSilenced();
    });
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase())
    .join("");
