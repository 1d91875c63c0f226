import { Peer } from "./peer.js";

/** The connections to everybody else in the conference: each with each, two or three people at most in practice. */
export class Mesh {
  #self = "";
  #tracks;
  #send;
  /** @type {Map<string, Peer>} */
  #peers = new Map();

  /**
   * @param {{
   *   tracks: () => { audio: MediaStreamTrack | null, video: MediaStreamTrack | null },
   *   send: (to: string, data: object) => void,
   * }} options
   */
  constructor({ tracks, send }) {
    this.#tracks = tracks;
    this.#send = send;
  }

  /** Connects to those who were here first; the newcomer begins. After a drop of the signalling, known ones stay as they are. */
  enter(self, ids) {
    this.#self = self;
    for (const id of this.#peers.keys()) if (!ids.includes(id)) this.remove(id);
    for (const id of ids) if (!this.#peers.has(id)) this.add(id).begin();
  }

  /** Makes ready for somebody who will begin. */
  add(id) {
    const known = this.#peers.get(id);
    if (known) return known;
    const peer = new Peer({
      isOdd: this.#self < id,
      tracks: this.#tracks,
      send: (data) => this.#send(id, data),
    });
    this.#peers.set(id, peer);
    return peer;
  }

  remove(id) {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
  }

  receive(from, data) {
    this.#peers.get(from)?.receive(data);
  }

  /** Sends the present tracks to everybody. */
  async update() {
    await Promise.all([...this.#peers.values()].map((peer) => peer.update()));
  }

  streamOf(id) {
    return this.#peers.get(id)?.stream;
  }

  connections() {
    return [...this.#peers.values()].map(({ connection }) => connection);
  }

  close() {
    for (const id of [...this.#peers.keys()]) this.remove(id);
  }
}
