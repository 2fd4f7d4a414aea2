import type { RecordingPause } from "../../protocol/recording/recording.ts";

/** What a recording came to. */
export interface RecordingFigures {
  seconds: number;
  /** Nobody was heard. */
  empty: boolean;
  pauses: RecordingPause[];
}
