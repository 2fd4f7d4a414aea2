import { MU_LAW_TABLES } from "../../protocol/audio/mu_law_tables.ts";
import { readWav } from "../../protocol/audio/read_wav.ts";
import { telephoneSamples } from "../../protocol/audio/telephone_samples.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { looksLikeMp3, readMp3 } from "./read_mp3.ts";

/**
 * Makes µ-law code words, 8 kHz, of a WAV or MP3 file, as loud as the file is.
 * @throws AntiphonError `audio_unreadable`, `audio_too_long`
 */
export async function convertAudio(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const sound = looksLikeMp3(file) ? await readMp3(file) : readWav(file);
  const samples = telephoneSamples(sound);
  if (samples.length === 0) throw new AntiphonError("audio_unreadable", "The file has no audio");
  return Uint8Array.from(samples, (sample) => MU_LAW_TABLES.encode[sample & 0xffff]);
}
