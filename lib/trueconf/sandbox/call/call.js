import { setUpControls } from "./controls.js";
import { Mesh } from "./mesh.js";
import { Signalling } from "./signalling.js";
import { Tiles } from "./tiles.js";
import { announce, notify, showView } from "./view.js";

/**
 * @typedef {{
 *   state: "left" | "failed" | "closed",
 *   tells: "logout" | "connectionClosed" | "loginFail" | "notSupported",
 *   title: string,
 *   text: string,
 * }} Ending how a call ended: for this page, for the one around it, and the keys of what to say
 */

const NOTE_MS = 10_000;
const SELF = "self";
const byId = (id) => document.getElementById(id);

/** The call from joining to its end. */
export class Call {
  #media;
  #say;
  #onEnd;
  #note;
  #signalling;
  #mesh;
  #tiles;
  #controls;
  #hasEntered = false;
  #isOver = false;

  /**
   * @param {{
   *   claim: { conference: string, login: string, token: string },
   *   media: import("./devices.js").LocalMedia,
   *   say: ReturnType<typeof import("./words.js").speak>,
   *   onEnd: (ending: Ending) => void,
   *   note?: string,
   * }} options `note`: shown on entering
   */
  constructor({ claim, media, say, onEnd, note }) {
    this.#media = media;
    this.#say = say;
    this.#onEnd = onEnd;
    this.#note = note;
    this.#mesh = new Mesh({
      tracks: () => media.tracks(),
      send: (to, data) => this.#signalling.send({ type: "signal", to, data }),
    });
    this.#tiles = new Tiles(byId("tiles"), say, () => {
      byId("sound").hidden = false;
    });
    byId("sound").addEventListener("click", () => {
      byId("sound").hidden = true;
      void this.#tiles.playAll();
    });
    this.#controls = setUpControls({
      media,
      say,
      onLeave: () => this.#leave(),
      onNotice: (text) => notify(text, { forMs: NOTE_MS }),
    });
    this.#signalling = new Signalling(claim, {
      onMessage: (message) => this.#receive(message),
      onDrop: () => {
        if (this.#hasEntered) notify(say("reconnecting"));
      },
      onLost: () =>
        this.#end({ state: "closed", tells: "connectionClosed", title: "lostTitle", text: "lostText" }),
    });
  }

  connections() {
    return this.#mesh.connections();
  }

  /** Camera, microphone or screen changed: send it, say it, show it. */
  mediaChanged() {
    if (!this.#hasEntered || this.#isOver) return;
    void this.#mesh.update();
    this.#signalling.send({ type: "media", ...this.#media.state });
    this.#tiles.show(SELF, this.#media.state);
    this.#controls.show();
  }

  #receive(message) {
    switch (message.type) {
      case "joined":
        return this.#enter(message);
      case "refused":
        // TrueConf's client has no message of its own for the other refusals: whoever frames the page tries again or gives up.
        return this.#end({
          state: "failed",
          tells: "loginFail",
          title: "refusedTitle",
          text: message.reason,
        });
      case "closed":
        return this.#end({
          state: "closed",
          tells: "connectionClosed",
          title: `${message.reason}Title`,
          text: `${message.reason}Text`,
        });
      case "peer-joined":
        this.#add(message.peer);
        this.#showAlone();
        return announce(this.#say("arrived", { name: message.peer.name }));
      case "peer-left":
        announce(this.#say("departed", { name: this.#tiles.nameOf(message.id) }));
        this.#mesh.remove(message.id);
        this.#tiles.remove(message.id);
        return this.#showAlone();
      case "media":
        return this.#tiles.show(message.from, message);
      case "signal":
        return this.#mesh.receive(message.from, message.data);
    }
  }

  /** The first entry, or the return after a drop. */
  #enter({ self, peers, topic }) {
    const ids = peers.map(({ id }) => id);
    this.#mesh.enter(self.id, ids);
    this.#tiles.keep([SELF, ...ids]);
    if (!this.#hasEntered) {
      this.#hasEntered = true;
      byId("topic").textContent = topic;
      this.#tiles.add({ id: SELF, name: self.name, stream: this.#media.stream, isSelf: true });
      showView("in-call");
      notify(this.#note ?? "", { forMs: NOTE_MS });
    } else notify(this.#say("reconnected"), { forMs: NOTE_MS / 3 });
    for (const peer of peers) this.#add(peer);
    this.mediaChanged();
    this.#showAlone();
  }

  #add({ id, name, media }) {
    const { stream } = this.#mesh.add(id);
    if (!this.#tiles.has(id)) this.#tiles.add({ id, name, stream });
    this.#tiles.show(id, media);
  }

  #showAlone() {
    byId("alone").textContent = this.connections().length === 0 ? this.#say("alone") : "";
  }

  #leave() {
    this.#signalling.leave();
    this.#end({ state: "left", tells: "logout", title: "leftTitle", text: "leftText" });
  }

  #end(ending) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#mesh.close();
    this.#tiles.clear();
    this.#onEnd(ending);
  }
}
