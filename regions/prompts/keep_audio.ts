import { TELEPHONE_RATE } from "../../protocol/audio/sound.ts";
import type { PromptAudio } from "../../protocol/configuration/prompt.ts";
import type { AudioStore } from "./audio_store.ts";
import type { Converter } from "./converter.ts";

/** What {@linkcode keepAudio} needs. */
export interface KeepAudioPorts {
  converter: Pick<Converter, "convert">;
  audio: Pick<AudioStore, "put">;
}

/**
 * Converts an uploaded file once and keeps what callers will hear.
 * @throws AntiphonError as `Converter.convert`, and `payload_too_large` when the tenant has too much
 */
export async function keepAudio(
  { converter, audio }: KeepAudioPorts,
  tenantId: string,
  file: Uint8Array<ArrayBuffer>,
): Promise<Omit<PromptAudio, "language">> {
  const codes = await converter.convert(file);
  const digest = await crypto.subtle.digest("SHA-256", codes);
  const hash = new Uint8Array(digest).toHex();
  await audio.put(tenantId, hash, codes);
  return { hash, seconds: codes.length / TELEPHONE_RATE, bytes: codes.length };
}
