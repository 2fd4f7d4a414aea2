import type { WitnessRecord } from "./witness_record.ts";

/** What a witness knows of one cluster. Only the record is durable; times are its monotonic clock's. */
export interface WitnessState {
  record: WitnessRecord | null;
  /** Until when the record's grant is live. */
  liveUntil: number;
  /** Which keeper of each site spoke here, and until when it keeps another of its name out. */
  seen: Readonly<Record<string, { instance: string; until: number }>>;
}

/**
 * A witness as it starts. It cannot know how old the grant is that it reads, so that counts as made
 * just now.
 */
export function bootWitness(record: WitnessRecord | null, now: number): WitnessState {
  return { record, liveUntil: record?.holder ? now + record.ttlMs : now, seen: {} };
}
