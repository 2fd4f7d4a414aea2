import type {
  RecordingKind,
  RecordingOutcome,
  RecordingPause,
} from "../../protocol/recording/recording.ts";
import type { CallIdentity } from "./call_state.ts";
import type { MediaLeg } from "./media_leg.ts";

/** What a recording came to. */
export interface RecordingFigures {
  seconds: number;
  /** Nobody was heard. */
  empty: boolean;
  pauses: RecordingPause[];
}

/** A recording under way, as a call drives it. */
export interface OpenRecording {
  /** Keeps what is said from now on out, or lets it in again. */
  gate(closed: boolean): void;
  /** Ends it and writes the rest; the file goes when nobody was heard in a message. Never rejects. */
  close(outcome: RecordingOutcome): Promise<RecordingFigures>;
}

/** What a recording is begun with. */
export interface RecordingWanted {
  call: CallIdentity;
  recordingId: string;
  /** The command that began it. */
  commandId: string;
  kind: RecordingKind;
  /** Silence that ends it, in milliseconds. */
  silenceMs: number | null;
}

/**
 * Begins to record a carrier's leg. `ended` is told at most once, never at once, and not after
 * `close`.
 * @throws AntiphonError `unavailable` when recordings cannot be kept here now
 */
export type RecordLeg = (
  wanted: RecordingWanted,
  leg: MediaLeg,
  ended: (outcome: "silence" | "failed") => void,
) => OpenRecording;
