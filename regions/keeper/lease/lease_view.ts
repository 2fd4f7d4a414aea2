import type { SyncSet, WitnessRecord } from "./witness_record.ts";

/** What a keeper knows of a cluster's lease at a time. */
export interface LeaseView {
  /** Set while this keeper holds a majority's grants. */
  mine: {
    term: number;
    /** Monotonic time until which it stands, margin taken off. */
    validUntil: number;
    /** What this holder published last; the majority may not know it yet. */
    sync: SyncSet;
    /** Whether a majority has written `sync`. */
    durable: boolean;
  } | null;
  /** A request for a new term is on its way. */
  acquiring: boolean;
  /** Whether a majority of the witnesses has answered lately. */
  majority: boolean;
  /** By a majority's records; null without a majority, or when none of those has ever had one. */
  newest: {
    /** Of the highest term among them. */
    record: WitnessRecord;
    /** The newest of all their sets. */
    sync: SyncSet;
    /** Whether a grant of that term, or of any other, may still be live somewhere that was heard. */
    live: boolean;
    /** How long, at least, until none of those is. */
    liveMs: number;
  } | null;
  /** A majority answers and none of those that do has ever had a record. */
  blank: boolean;
  /** Another keeper goes by this site's name. */
  duplicate: boolean;
}
