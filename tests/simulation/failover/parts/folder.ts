/** One committed transaction in a log. The same object stands in every copy of the log. */
export interface Entry {
  id: string;
  timeline: number;
  /** True time. */
  at: number;
}

/** Bytes that an entry takes, so that positions look like positions. */
export const ENTRY_BYTES = 96n;

/** A data folder of PostgreSQL, as far as replication goes. */
export class Folder {
  state: "empty" | "partial" | "whole" = "empty";
  timeline = 1;
  /** Where this history left each older timeline: entries of it that belong to this history. */
  forks = new Map<number, number>();
  log: Entry[] = [];
  /** There is a standby.signal. */
  standby = false;
  ids = new Set<string>();

  append(entry: Entry): void {
    this.log.push(entry);
    this.ids.add(entry.id);
  }

  copy(from: Folder): void {
    Object.assign(this, { state: "whole", timeline: from.timeline, standby: true });
    this.forks = new Map(from.forks);
    this.log = [...from.log];
    this.ids = new Set(from.ids);
  }

  wipe(): void {
    Object.assign(this, { state: "partial", timeline: 1, standby: false });
    this.forks = new Map();
    this.log = [];
    this.ids = new Set();
  }
}

/**
 * Whether PostgreSQL lets a standby stream from a primary; "torn" when it does although the one's
 * log is no beginning of the other's, which it cannot know.
 */
export function fits(standby: Folder, primary: Folder): "yes" | "no" | "torn" {
  const { length } = standby.log;
  if (standby.timeline > primary.timeline) return "no";
  const end = standby.timeline === primary.timeline
    ? primary.log.length
    : primary.forks.get(standby.timeline);
  if (end === undefined || length > end) return "no";
  return length === 0 || standby.log[length - 1] === primary.log[length - 1] ? "yes" : "torn";
}
