import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { EndCauseName } from "./call_action.ts";
import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";

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
  | { type: "played"; playId: string; outcome: "completed" | "interrupted" | "failed" }
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
  /** The PoP goes down. */
  | { type: "shut-down" }
  /** A deadline may have passed. */
  | { type: "time" };
