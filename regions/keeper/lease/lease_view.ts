import type { SyncSet, WalPosition, WitnessRecord } from "./witness_record.ts";

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
  /** A term that was held is given back, and no majority has written that yet. */
  releasing: boolean;
  /** Whether a majority of the witnesses has answered lately. */
  majority: boolean;
  /** By a majority's records; null without a majority, or when none of those has ever had one. */
  newest: {
    /** Of the highest term among those whose grant is live, or else of all. */
    record: WitnessRecord;
    /** The newest of all their sets. */
    sync: SyncSet;
    /** The furthest of all their positions. */
    position: WalPosition | null;
    /** Whether a grant may still be live at any of them. */
    live: boolean;
    /** How long until enough of the others' grants have ended to ask for a term; 0 when they have. */
    liveMs: number;
  } | null;
  /** A majority answers and none of those that do has ever had a record. */
  blank: boolean;
  /** Another keeper goes by this site's name. */
  duplicate: boolean;
}
