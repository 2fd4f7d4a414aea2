import type { SyncSet } from "./witness_record.ts";

/** Negative when `a` was published before `b`, positive when after, 0 when they are the same one. */
export function compareSync(a: SyncSet, b: SyncSet): number {
  return a.term - b.term || a.revision - b.revision;
}
