import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { RecordingEntry } from "./recording_entry.ts";
import type { RecordingStore } from "./recording_store.ts";

const DAY = 86_400_000;
/** How often old recordings are looked for, in milliseconds. */
const EVERY = 3_600_000;

/** What a {@linkcode RecordingKeeper} needs. */
export interface RecordingKeeperParts {
  store: RecordingStore;
  /** Days that a recording is kept. */
  days: number;
  /** Tells the cell of the recording's tenant. */
  tell: (entry: Pick<RecordingEntry, "tenantId" | "callId">, event: CallEvent) => void;
  now: () => number;
  log: Logger;
}

/** Keeps house: closes what a killed process left open, and deletes what is too old. */
export class RecordingKeeper {
  readonly #parts: RecordingKeeperParts;
  #timer: ReturnType<typeof setInterval> | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: RecordingKeeperParts) {
    this.#parts = parts;
  }

  /**
   * Takes stock, tells what became of recordings left open, and again of the last ones that were
   * closed, and begins to look for old ones.
   */
  async start(): Promise<void> {
    const { store, tell, log } = this.#parts;
    const { repaired, recent } = await store.takeStock();
    for (const { recordingId, seconds } of repaired) {
      log.info("recording.repaired", { recordingId, seconds });
    }
    for (const entry of [...repaired, ...recent]) {
      const { recordingId, commandId, kind, startedAt, pauses } = entry;
      const told = { recordingId, commandId, kind, startedAt, pauses };
      const [seconds, outcome] = [entry.seconds ?? 0, entry.outcome ?? "failed"];
      tell(entry, { type: "call.recorded", ...told, seconds, outcome });
    }
    this.#sweep();
    this.#timer = setInterval(() => this.#sweep(), EVERY);
  }

  /** Deletes a recording and tells so; repeats are no error. */
  async remove(tenantId: string, recordingId: string): Promise<void> {
    const entry = await this.#parts.store.remove(tenantId, recordingId);
    if (entry) this.#deleted(entry);
  }

  /** Stops looking; waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  #sweep(): void {
    const { store, days, now, log } = this.#parts;
    this.#sweeping = this.#sweeping.then(async () => {
      const gone = await store.expire(now() - days * DAY);
      for (const entry of gone) this.#deleted(entry);
      if (gone.length > 0) log.info("recordings.expired", { count: gone.length });
    }).catch((error) => log.error("recordings.sweep_failed", { error }));
  }

  #deleted(entry: RecordingEntry): void {
    const { recordingId, kind } = entry;
    this.#parts.tell(entry, { type: "recording.changed", recordingId, kind, state: "deleted" });
  }
}
