import type { RecordingKind, RecordingOutcome } from "../../protocol/recording/recording.ts";
import type { CallIdentity } from "./call_state.ts";
import type { MediaLeg } from "./media_leg.ts";
import type { RecordingFigures } from "./recording_figures.ts";

/** A recording under way, as a call drives it. */
export interface OpenRecording {
  /**
   * Keeps what is said from now on out, or lets it in again: after `lingerMs`, and as long after
   * the last telephone event.
   */
  gate(closed: boolean, lingerMs: number): void;
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
