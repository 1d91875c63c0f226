/** A connection that has not come about, or not come back, in this time is made anew. */
const PATIENCE_MS = 8000;

/**
 * The media connection to one other participant.
 *
 * Each attempt has a generation, and messages of an older one are ignored. Whoever begins an attempt makes its only offer, and the two
 * sides number theirs from the odd and the even numbers: so two offers never meet, and when both begin anew at once, the higher
 * number wins on both sides.
 *
 * No servers for reaching through routers are used: the sandbox is for one machine, or one network.
 */
export class Peer {
  /** @type {RTCPeerConnection} */
  connection;
  /** What the other side sends; the same object for the peer's whole stay, so that its video element never changes. */
  stream = new MediaStream();
  #generation = 0;
  #parity;
  #tracks;
  #send;
  #timer;
  /** Candidates may overtake the description that they belong to. */
  #early = [];
  /** One message after another: descriptions are applied asynchronously. */
  #queue = Promise.resolve();

  /**
   * @param {{
   *   isOdd: boolean,
   *   tracks: () => { audio: MediaStreamTrack | null, video: MediaStreamTrack | null },
   *   send: (data: object) => void,
   * }} options `isOdd` is true on exactly one of the two sides
   */
  constructor({ isOdd, tracks, send }) {
    this.#parity = isOdd ? 1 : 0;
    this.#tracks = tracks;
    this.#send = send;
    this.#open(0);
  }

  /** Begins an attempt of our own. */
  begin() {
    this.#enqueue(() => this.#offer());
  }

  /** Takes what the other side sent through the server. */
  receive(data) {
    this.#enqueue(() => this.#apply(data));
  }

  /** Puts the present tracks in the place of those being sent. */
  async update() {
    const { audio, video } = this.#tracks();
    for (const { sender, receiver } of this.connection.getTransceivers())
      await sender.replaceTrack(receiver.track.kind === "audio" ? audio : video);
  }

  close() {
    clearTimeout(this.#timer);
    this.connection.close();
  }

  /** An attempt that cannot go on, since a message was lost or came too late, runs into its patience and is made anew. */
  #enqueue(step) {
    this.#queue = this.#queue.then(step).catch(() => undefined);
  }

  async #offer() {
    const next = this.#generation + 1;
    this.#open(next % 2 === this.#parity ? next : next + 1);
    const { connection } = this;
    const { audio, video } = this.#tracks();
    // Both kinds from the start, with or without a device: later changes then only replace a track.
    for (const [kind, track] of [
      ["audio", audio],
      ["video", video],
    ])
      await connection.addTransceiver(kind, { direction: "sendrecv" }).sender.replaceTrack(track);
    await connection.setLocalDescription();
    this.#describe(connection);
  }

  #open(generation) {
    this.connection?.close();
    this.#generation = generation;
    this.#early = [];
    const connection = new RTCPeerConnection();
    this.connection = connection;
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate && connection === this.connection)
        this.#send({ generation, candidate: candidate.toJSON() });
    });
    connection.addEventListener("track", ({ track }) => {
      for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.stream.removeTrack(old);
      this.stream.addTrack(track);
    });
    connection.addEventListener("connectionstatechange", () => this.#watch(connection));
    this.#watch(connection);
  }

  #watch(connection) {
    if (connection !== this.connection) return;
    clearTimeout(this.#timer);
    if (connection.connectionState === "connected") return;
    const wait = connection.connectionState === "failed" ? 0 : PATIENCE_MS;
    this.#timer = setTimeout(() => this.begin(), wait);
  }

  async #apply({ generation, description, candidate }) {
    if (generation < this.#generation) return;
    if (generation > this.#generation) this.#open(generation);
    const { connection } = this;
    if (description) {
      await connection.setRemoteDescription(description);
      if (description.type === "offer") await this.#answer(connection);
      for (const early of this.#early.splice(0)) await connection.addIceCandidate(early);
    } else if (connection.remoteDescription) await connection.addIceCandidate(candidate);
    else this.#early.push(candidate);
  }

  async #answer(connection) {
    for (const transceiver of connection.getTransceivers()) transceiver.direction = "sendrecv";
    await this.update();
    await connection.setLocalDescription();
    this.#describe(connection);
  }

  #describe(connection) {
    if (connection === this.connection)
      this.#send({ generation: this.#generation, description: connection.localDescription.toJSON() });
  }
}
