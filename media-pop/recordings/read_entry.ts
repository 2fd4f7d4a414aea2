import { RecordingEntry } from "./recording_entry.ts";

/** Reads a recording's entry; null when there is none or it cannot be read. */
export async function readEntry(path: string): Promise<RecordingEntry | null> {
  try {
    const read = RecordingEntry.safeParse(JSON.parse(await Deno.readTextFile(path)));
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}
