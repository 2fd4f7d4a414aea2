import { z } from "zod";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { variable } from "../../fields/variable.ts";
import { SPOKEN } from "../../spoken/spoken_item.ts";

/** Lets the caller leave a message. */
export const VoicemailActivity = z.strictObject({
  type: z.literal("voicemail"),
  /** Played first; the terminator skips it. */
  ...SPOKEN,
  beep: z.boolean().default(true),
  maxSeconds: z.number().int().min(1).max(1800).default(180),
  /** Silence that ends the message. */
  silenceSeconds: z.number().int().min(1).max(60).default(5),
  terminator: z.enum(["#", "*"]).default("#"),
  /** Shorter messages count as empty. */
  minSeconds: z.number().min(0).max(60).default(1),
  /** Takes the recording's id; `recordingId` unless another is named. */
  recordingVariable: variable("write").optional(),
  /** Takes the message's length in seconds; `recordingSeconds` unless another is named. */
  secondsVariable: variable("write").optional(),
  /** An outbound voice queue whose agents hear the message and call back. */
  queueId: reference("queue").optional(),
  /** How long it waits there. */
  withinSeconds: z.number().int().min(60).max(7 * 86_400).default(86_400),
  next: path(),
  /** Where to go when nobody spoke; `next` without it. */
  onEmpty: path().optional(),
  onError: path().optional(),
}).refine(
  ({ prompt, items }) => prompt === undefined || items === undefined,
  "give `prompt` or `items`",
);
export type VoicemailActivity = z.infer<typeof VoicemailActivity>;
