import { z } from "zod";
import { Millis, Uuid } from "../../protocol/ids/names.ts";
import {
  RecordingKind,
  RecordingOutcome,
  RecordingPause,
} from "../../protocol/recording/recording.ts";

/** What stands beside a recording's audio, in `{recordingId}.json`. */
export const RecordingEntry = z.object({
  recordingId: z.uuidv7(),
  tenantId: Uuid,
  callId: Uuid,
  commandId: z.string(),
  kind: RecordingKind,
  channels: z.union([z.literal(1), z.literal(2)]),
  startedAt: Millis,
  keyId: z.string(),
  wrapped: z.string(),
  pauses: z.array(RecordingPause),
  /** Null while it is written. */
  seconds: z.number().nonnegative().nullable(),
  outcome: RecordingOutcome.nullable(),
});
export type RecordingEntry = z.infer<typeof RecordingEntry>;
