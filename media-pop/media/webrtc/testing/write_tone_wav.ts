import { writeWav } from "../../../../protocol/audio/write_wav.ts";
import { tone } from "../../g711/tone.ts";

/** Writes a mono 16-bit WAV of a tone at 48 kHz, for a browser's pretended microphone. */
export async function writeToneWav(path: string, frequency: number): Promise<void> {
  const rate = 48_000;
  const samples = tone({ frequencies: [frequency], duration: 2000, amplitude: 16_000, rate });
  await Deno.writeFile(path, writeWav(samples, rate));
}
