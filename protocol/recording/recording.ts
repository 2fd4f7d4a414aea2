import { z } from "zod";
import { Millis, PopId, Uuid } from "../ids/names.ts";

/** `message`: the caller alone, one channel. `call`: the caller left, what they hear right. */
export const RecordingKind = z.enum(["message", "call"]);
export type RecordingKind = z.infer<typeof RecordingKind>;

/**
 * Why a recording ended. `complete`: told to, or with its call; `silence`, `too-long`: a limit;
 * `hung-up`: the caller did while leaving a message, which is kept; `empty`: nobody spoke, and
 * nothing is kept; `failed`: it could not be written any further, what there is is kept.
 */
export const RecordingOutcome = z.enum([
  "complete",
  "silence",
  "too-long",
  "hung-up",
  "empty",
  "failed",
]);
export type RecordingOutcome = z.infer<typeof RecordingOutcome>;

/** A stretch that holds silence in place of what was said, in seconds from the start. */
export const RecordingPause = z.object({
  from: z.number().nonnegative(),
  to: z.number().nonnegative(),
});
export type RecordingPause = z.infer<typeof RecordingPause>;

/** A recording as its interaction's record has it. */
export const InteractionRecording = z.object({
  id: Uuid,
  /** The PoP that made it, and where its audio stays. */
  popId: PopId,
  kind: RecordingKind,
  startedAt: Millis,
  /** Null while it goes on. */
  seconds: z.number().nonnegative().nullable(),
  outcome: RecordingOutcome.nullable(),
  pauses: z.array(RecordingPause),
});
export type InteractionRecording = z.infer<typeof InteractionRecording>;

/** What a cell knows of a recording. */
export const Recording = InteractionRecording.extend({
  interactionId: Uuid,
  /** When the audio was deleted, or found to be empty. */
  deletedAt: Millis.nullable(),
});
export type Recording = z.infer<typeof Recording>;
