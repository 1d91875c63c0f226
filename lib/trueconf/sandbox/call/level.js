/**
 * Shows how loud the microphone is.
 *
 * @param {MediaStream} stream
 * @param {HTMLMeterElement} meter from 0 to 1
 * @returns {() => void} ends it
 */
export function showLevel(stream, meter) {
  if (stream.getAudioTracks().length === 0) return () => undefined;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let frame = requestAnimationFrame(function draw() {
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    // Speech is about a tenth of what the scale could hold.
    meter.value = Math.min(1, loudness * 6);
    frame = requestAnimationFrame(draw);
  });
  return () => {
    cancelAnimationFrame(frame);
    void context.close();
  };
}
