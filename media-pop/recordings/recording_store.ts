import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { readEntry } from "./read_entry.ts";
import type { RecordingEntry } from "./recording_entry.ts";
import type { RecordingKeys } from "./recording_keys.ts";
import { recordingPaths } from "./recording_paths.ts";
import { readRecording, type RecordingRead } from "./read_recording.ts";
import { RecordingWriter } from "./recording_writer.ts";
import { repairRecording } from "./repair_recording.ts";

const DAY = 86_400_000;
/** News of what was closed this long before a process ended may have ended with it (ms). */
const UNTOLD = 60_000;

/** What a new recording is. */
export type NewRecording = Pick<
  RecordingEntry,
  "recordingId" | "tenantId" | "callId" | "commandId" | "kind" | "startedAt"
>;

/** Options of a {@linkcode RecordingStore}. */
export interface RecordingStoreOptions {
  folder: string;
  keys: RecordingKeys;
  /** Bytes that all recordings together may take. */
  mostBytes: number;
  log: Logger;
}

/** The PoP's recordings on its disk: `{tenant}/{day}/{recordingId}`, sealed. */
export class RecordingStore {
  readonly #options: RecordingStoreOptions;
  #bytes = 0;
  /** Being written now, so that nobody deletes them meanwhile. */
  readonly #open = new Set<string>();

  constructor(options: RecordingStoreOptions) {
    this.#options = options;
  }

  /** Bytes of audio on the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Recordings being written. */
  get open(): number {
    return this.#open.size;
  }

  /**
   * Begins a recording.
   * @param failed told once when it cannot be written any more
   * @throws AntiphonError `unavailable` when the store is full
   */
  begin(recording: NewRecording, failed: (error: unknown) => void): RecordingWriter {
    this.#checkRoom();
    const { recordingId, tenantId, kind } = recording;
    const { key, ...wrapped } = this.#options.keys.make(recordingId);
    this.#open.add(recordingId);
    return new RecordingWriter({
      paths: recordingPaths(this.#options.folder, tenantId, recordingId),
      entry: {
        ...recording,
        ...wrapped,
        channels: kind === "call" ? 2 : 1,
        pauses: [],
        seconds: null,
        outcome: null,
      },
      key,
      failed,
      wrote: (bytes) => {
        this.#bytes += bytes;
        this.#checkRoom();
      },
    });
  }

  /** A recording that was begun is closed. */
  ended(recordingId: string): void {
    this.#open.delete(recordingId);
  }

  /**
   * A recording's audio, also of one that goes on.
   * @throws AntiphonError `not_found`, or `unavailable` without its key
   */
  async read(tenantId: string, recordingId: string): Promise<RecordingRead> {
    const paths = recordingPaths(this.#options.folder, tenantId, recordingId);
    const entry = await readEntry(paths.entry);
    if (!entry) throw gone();
    return await readRecording(paths.audio, entry, this.#options.keys.open(recordingId, entry));
  }

  /**
   * Deletes a recording; returns what it was, null when there was none.
   * @throws AntiphonError `state_not_allowed` while it is written
   */
  async remove(tenantId: string, recordingId: string): Promise<RecordingEntry | null> {
    if (this.#open.has(recordingId)) {
      throw new AntiphonError("state_not_allowed", "Stop the recording before you delete it");
    }
    const paths = recordingPaths(this.#options.folder, tenantId, recordingId);
    const entry = await readEntry(paths.entry);
    this.#bytes -= await removeFile(paths.audio);
    await removeFile(paths.entry);
    return entry;
  }

  /**
   * Looks at all there is after a start: counts it, and closes what a process that was killed left
   * open. Returns the entries of those, and of what was closed so shortly before the end of that
   * process that nobody may have been told. O(recordings).
   */
  async takeStock(): Promise<{ repaired: RecordingEntry[]; recent: RecordingEntry[] }> {
    const repaired: RecordingEntry[] = [];
    let closed: { entry: RecordingEntry; at: number }[] = [];
    let newest = 0;
    this.#bytes = 0;
    for await (const { folder, name } of this.#files()) {
      const path = join(folder, name);
      if (name.endsWith(".new")) await removeFile(path);
      if (name.endsWith(".audio")) this.#bytes += (await Deno.stat(path)).size;
      if (!name.endsWith(".json")) continue;
      const entry = await readEntry(path);
      if (!entry) continue;
      const at = (await Deno.stat(path)).mtime?.getTime() ?? 0;
      newest = Math.max(newest, at);
      if (entry.seconds !== null) {
        if (at > newest - UNTOLD) closed.push({ entry, at });
        if (closed.length > 1000) closed = closed.filter((one) => one.at > newest - UNTOLD);
        continue;
      }
      const { folder: root, keys, log } = this.#options;
      const { recordingId, tenantId } = entry;
      const paths = recordingPaths(root, tenantId, recordingId);
      try {
        repaired.push(await repairRecording(paths, entry, keys));
      } catch (error) {
        log.error("recording.not_repaired", { recordingId, error });
      }
    }
    const recent = closed.filter(({ at }) => at > newest - UNTOLD).map(({ entry }) => entry);
    return { repaired, recent };
  }

  /** Deletes what was recorded on a day before `before` (epoch ms) and returns what it was. */
  async expire(before: number): Promise<RecordingEntry[]> {
    const gone: RecordingEntry[] = [];
    const day = new Date(before - DAY).toISOString().slice(0, 10);
    for await (const { folder, name } of this.#files((of) => of <= day)) {
      const path = join(folder, name);
      if (!name.endsWith(".json")) continue;
      const entry = await readEntry(path);
      if (!entry || this.#open.has(entry.recordingId)) continue;
      await this.remove(entry.tenantId, entry.recordingId);
      gone.push(entry);
    }
    return gone;
  }

  async *#files(
    fits: (day: string) => boolean = () => true,
  ): AsyncGenerator<{ folder: string; name: string }> {
    const { folder: root } = this.#options;
    for (const tenantId of await namesIn(root)) {
      for (const day of await namesIn(join(root, tenantId))) {
        const folder = join(root, tenantId, day);
        if (!fits(day)) continue;
        for (const name of await namesIn(folder)) yield { folder, name };
      }
    }
  }

  #checkRoom(): void {
    if (this.#bytes < this.#options.mostBytes) return;
    throw new AntiphonError("unavailable", "There is no room for recordings: raise RECORDING_GIB");
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}

/** Removes a file, if it is there, and says how large it was. */
async function removeFile(path: string): Promise<number> {
  try {
    const { size } = await Deno.stat(path);
    await Deno.remove(path);
    return size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

function gone(): AntiphonError {
  return new AntiphonError("not_found", "There is no such recording here");
}
