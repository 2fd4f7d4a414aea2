import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { EndCauseName } from "./call_action.ts";
import type { StreamFault, TranscriptAuthor } from "../../protocol/pop_link/call_stream.ts";
import type { RecordingFigures } from "./recording_figures.ts";
import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";

/** What a bot made of a call. */
export interface StreamOutcome {
  outcome: "handled" | "escalated";
  reason: string | null;
  variables: Record<string, string>;
  sealed: Record<string, string>;
}

/** How a play ended; `code` says why one failed. */
export type PlayResult =
  | { outcome: "completed" | "interrupted" }
  | { outcome: "failed"; code: string };

/** What can happen to a call. */
export type CallInput =
  | { type: "command"; commandId: string; command: CallCommand }
  | { type: "cancelled" }
  | { type: "caller-hung-up" }
  /** No ACK came for our 200, or the dialog broke otherwise. */
  | { type: "signalling-lost" }
  | { type: "held"; held: boolean }
  | { type: "media-opened"; codec: string }
  | { type: "media-failed" }
  | ({ type: "played"; playId: string } & PlayResult)
  /** Digits as a compact JWE; null when they could not be sealed. */
  | { type: "sealed"; commandId: string; jwe: string | null }
  | { type: "digit"; digit: string }
  | { type: "media-timeout" }
  | { type: "media-closed"; media: LegMedia | null }
  /** A call of ours rings, is heard before it is answered, is answered, or comes to nothing. */
  | { type: "called-ringing" }
  | { type: "called-early" }
  | { type: "called-answered"; codec: string }
  | { type: "called-failed"; cause: EndCauseName; sipStatus: number | null }
  /** A dialled number is heard before it answers. */
  | { type: "leg-early"; legId: string }
  | { type: "leg-joined"; legId: string; codec: string }
  /** The B leg ended by itself, or was not reached; `sipStatus` where one refused it. */
  | { type: "leg-lost"; legId: string; cause: EndCauseName; sipStatus: number | null }
  | { type: "leg-closed"; legId: string; media: LegMedia | null }
  /** The bot's socket was accepted. */
  | { type: "stream-opened"; streamId: string }
  /** The bot's first audio has come. */
  | { type: "stream-heard"; streamId: string }
  | { type: "stream-message"; streamId: string; author: TranscriptAuthor; text: string }
  /** The bot is done, and all it said before was played. */
  | ({ type: "stream-outcome"; streamId: string } & StreamOutcome)
  | { type: "stream-lost"; streamId: string; fault: StreamFault }
  /** A recording ended by itself: the caller fell silent, or it cannot be written. */
  | { type: "recording-ended"; recordingId: string; outcome: "silence" | "failed" }
  /** A recording's file is closed; null figures when there is none. */
  | { type: "recording-closed"; recordingId: string; figures: RecordingFigures | null }
  /** The PoP goes down. */
  | { type: "shut-down" }
  /** A deadline may have passed. */
  | { type: "time" };
