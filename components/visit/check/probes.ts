import type { BrowserProblem, DeviceProblem, NetworkProblem } from "./check-machine";
import { deviceProblem } from "./check-machine";

/** Longer than a slow phone needs for one answer. */
const PATIENCE_MS = 10_000;

/** What is missing in the browser itself for any call at all. */
export function findBrowserProblem(inApp: boolean): BrowserProblem | undefined {
  if (!window.isSecureContext) return "insecure";
  const canCall =
    typeof RTCPeerConnection === "function" && navigator.mediaDevices?.getUserMedia !== undefined;
  if (canCall) return undefined;
  return inApp ? "in_app" : "unsupported";
}

export type Devices = {
  camera: MediaStreamTrack | DeviceProblem;
  microphone: MediaStreamTrack | DeviceProblem;
};

/**
 * Opens camera and microphone: both with one question to the person, each by itself where that fails, so that one broken device does
 * not speak for the other. Whoever calls stops the tracks.
 */
export async function openDevices(): Promise<Devices> {
  const both = await open({ video: true, audio: true });
  if (typeof both !== "string") {
    const [camera, microphone] = [both.getVideoTracks()[0], both.getAudioTracks()[0]];
    return { camera: camera ?? "not_found", microphone: microphone ?? "not_found" };
  }
  const microphone = await open({ audio: true });
  const camera = await open({ video: true });
  return {
    camera: typeof camera === "string" ? camera : (camera.getVideoTracks()[0] ?? "not_found"),
    microphone: typeof microphone === "string" ? microphone : (microphone.getAudioTracks()[0] ?? "not_found"),
  };
}

async function open(wanted: MediaStreamConstraints): Promise<MediaStream | DeviceProblem> {
  try {
    return await navigator.mediaDevices.getUserMedia(wanted);
  } catch (error) {
    return deviceProblem(error instanceof Error ? error.name : "");
  }
}

/**
 * Whether the video server can be reached from here, and whether the browser can make a connection of the kind that video needs. What
 * the server answers stays unread: another site's answer is none of this page's business.
 */
export async function findNetworkProblem(trueconfOrigin: string): Promise<NetworkProblem | undefined> {
  if (!(await canReach(trueconfOrigin))) return "unreachable";
  return (await canLoopBack()) ? undefined : "blocked";
}

/** Whether the video server answers this browser; not where its certificate is one that the browser does not trust. */
export async function canReach(trueconfOrigin: string): Promise<boolean> {
  try {
    await fetch(trueconfOrigin, {
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return true;
  } catch {
    return false;
  }
}

/** Connects two ends within this page and sends a word from one to the other. */
async function canLoopBack(): Promise<boolean> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    near.onicecandidate = ({ candidate }) =>
      void far.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    far.onicecandidate = ({ candidate }) =>
      void near.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    const heard = new Promise<boolean>((resolve) => {
      far.ondatachannel = ({ channel }) => {
        channel.onmessage = () => resolve(true);
      };
      setTimeout(() => resolve(false), PATIENCE_MS);
    });
    const channel = near.createDataChannel("check");
    channel.onopen = () => channel.send("1");
    await near.setLocalDescription(await near.createOffer());
    await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
    await far.setLocalDescription(await far.createAnswer());
    await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
    return await heard;
  } catch {
    return false;
  } finally {
    near.close();
    far.close();
  }
}

/** Two notes, one after the other: easier to notice than one, and of no particular meaning. */
export async function playTone(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const [first, second] = [440, 554.37].map((frequency, index) => {
      const note = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0 });
      note.connect(volume).connect(context.destination);
      const start = context.currentTime + index * 0.6;
      volume.gain.linearRampToValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.05);
      volume.gain.linearRampToValueAtTime(0, start + 0.55);
      note.start(start);
      note.stop(start + 0.6);
      return note;
    });
    await new Promise((done) => (second ?? first)?.addEventListener("ended", done, { once: true }));
  } finally {
    await context.close();
  }
}

/**
 * Listens to a microphone and tells its loudness, some ten times a second, as a part of 1; nothing while the browser does not let it listen.
 *
 * @returns stops listening; the track goes on
 */
export function meterLoudness(track: MediaStreamTrack, tell: (loudness: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    // Suspended until the first gesture in some browsers; by then there has been one.
    if (context.state !== "running") return void context.resume().catch(() => undefined);
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // −60 dB and below is silence, 0 dB as loud as it goes.
    tell(Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60)));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
