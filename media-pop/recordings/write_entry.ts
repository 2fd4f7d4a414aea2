import type { RecordingEntry } from "./recording_entry.ts";
import type { RecordingPaths } from "./recording_paths.ts";

/** Writes a recording's entry so that it is there as a whole or as it was before. */
export async function writeEntry(paths: RecordingPaths, entry: RecordingEntry): Promise<void> {
  const draft = `${paths.entry}.new`;
  await Deno.writeTextFile(draft, JSON.stringify(entry));
  await Deno.rename(draft, paths.entry);
}
