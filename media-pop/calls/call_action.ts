import type { z } from "zod";
import type { CallEvent, EndCause } from "../../protocol/pop_link/call_event.ts";

/** A word for why a call or leg ended. */
export type EndCauseName = z.infer<typeof EndCause>;

/** What the shell does for a call after a step. Actions are carried out in order. */
export type CallAction =
  /** Sends the final refusal of the INVITE. */
  | { type: "sip-reject"; status: number; cause: EndCauseName }
  /** Sends 200 with the opened media's description. */
  | { type: "sip-answer" }
  | { type: "sip-bye"; cause: EndCauseName }
  /** Answered by input `media-opened` or `media-failed`. */
  | { type: "media-open" }
  /** Answered by `played`, unless stopped or replaced first. */
  | { type: "media-play"; playId: string; prompt: string; loop: boolean }
  | { type: "media-stop" }
  /** Answered by `media-closed`. */
  | { type: "media-close" }
  /** Answered by `leg-joined` or `leg-lost`. */
  | { type: "agent-join"; legId: string; agentId: string }
  /** Answered by `leg-early`, `leg-joined` and `leg-lost`. */
  | { type: "number-dial"; legId: string; number: string; callerId: string | null }
  /** Calls the number of a call of ours. Answered by `called-…` inputs. */
  | { type: "call-out"; number: string; callerId: string | null }
  /** The agent hears ringing until the legs are bridged. */
  | { type: "ringback"; legId: string }
  /** Lets both legs hear each other. */
  | { type: "bridge"; legId: string }
  /** Withdraws or ends the B leg. Answered by `leg-closed`. */
  | { type: "leg-leave"; legId: string; cause: EndCauseName }
  | { type: "event"; event: CallEvent }
  | { type: "result"; commandId: string; ok: boolean; code: string | null };
