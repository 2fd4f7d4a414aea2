import { tone } from "../../g711/tone.ts";

/** Writes a mono 16-bit WAV of a tone at 48 kHz, for a browser's pretended microphone. */
export async function writeToneWav(path: string, frequency: number): Promise<void> {
  const rate = 48_000;
  const samples = tone({ frequencies: [frequency], duration: 2000, amplitude: 16_000, rate });
  const file = new Uint8Array(44 + samples.byteLength);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode("RIFF____WAVEfmt "));
  view.setUint32(4, file.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  file.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, samples.byteLength, true);
  file.set(new Uint8Array(samples.buffer), 44);
  await Deno.writeFile(path, file);
}
