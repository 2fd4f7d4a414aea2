import type { WitnessRecord } from "../lease/witness_record.ts";

/**
 * Whether a record says more than where the holder's log is: more than what a renewal brings. That
 * position promises nothing; how long a grant lives is not in the record at all.
 */
export function promisesMore(known: WitnessRecord | null, next: WitnessRecord): boolean {
  const bare = (record: WitnessRecord | null) => JSON.stringify({ ...record, position: null });
  return bare(known) !== bare(next);
}
