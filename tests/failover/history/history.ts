import { monotonicMs } from "../clock/monotonic_ms.ts";
import type { Entry } from "./entry.ts";

type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never;

/** Keeps what every client did and saw, on one clock, and writes it down line by line. */
export class History {
  readonly entries: Entry[] = [];

  constructor(readonly now: () => number = monotonicMs) {}

  /** Notes something that happens now, or at `at`. */
  note(entry: WithoutTime<Entry>, at = this.now()): void {
    this.entries.push({ at, ...entry } as Entry);
  }

  /** Stores it as JSON lines in the order of time. */
  async write(path: string): Promise<void> {
    const sorted = [...this.entries].sort((a, b) => a.at - b.at);
    const lines = sorted.map((entry) =>
      JSON.stringify({ ...entry, at: Math.round(entry.at * 10) / 10 })
    );
    await Deno.writeTextFile(path, lines.join("\n") + "\n");
  }
}
