import { CHUNK_OVERHEAD, ChunkCipher } from "./chunk_cipher.ts";
import type { RecordingEntry } from "./recording_entry.ts";
import type { RecordingKeys } from "./recording_keys.ts";
import type { RecordingPaths } from "./recording_paths.ts";
import { writeEntry } from "./write_entry.ts";

const RATE = 8000;

/**
 * Closes a recording whose process was killed: what was written in whole seconds is kept, and a
 * last part if it is whole; the rest goes. Its outcome is `failed`.
 * @throws AntiphonError `unavailable` without its key
 */
export async function repairRecording(
  paths: RecordingPaths,
  entry: RecordingEntry,
  keys: RecordingKeys,
): Promise<RecordingEntry> {
  const cipher = new ChunkCipher(keys.open(entry.recordingId, entry));
  const second = RATE * entry.channels;
  const sealed = second + CHUNK_OVERHEAD;
  using file = await Deno.open(paths.audio, { read: true, write: true, create: true });
  const { size } = await file.stat();
  const whole = Math.floor(size / sealed);
  const tail = new Uint8Array(size % sealed);
  await file.seek(whole * sealed, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < tail.length) filled += await file.read(tail.subarray(filled)) ?? tail.length;
  const plain = cipher.open(whole, tail);
  if (!plain) await file.truncate(whole * sealed);
  const seconds = whole + (plain?.length ?? 0) / second;
  const repaired: RecordingEntry = { ...entry, seconds, outcome: "failed" };
  await writeEntry(paths, repaired);
  return repaired;
}
