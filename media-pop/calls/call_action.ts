import type { z } from "zod";
import type { StreamCommand } from "../../protocol/pop_link/call_stream.ts";
import type { CallEvent, EndCause } from "../../protocol/pop_link/call_event.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { RecordingKind, RecordingOutcome } from "../../protocol/recording/recording.ts";

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
  | { type: "media-play"; playId: string; items: readonly PromptItem[]; loop: boolean }
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
  /** Answered by `stream-opened`, `stream-heard`, `stream-message`, `stream-outcome`, `stream-lost`. */
  | { type: "stream-open"; command: z.infer<typeof StreamCommand> }
  /** Lets the caller and the bot hear each other. */
  | { type: "stream-bridge"; streamId: string }
  | { type: "stream-digit"; streamId: string; digit: string }
  | { type: "stream-close"; streamId: string }
  /** Lets both legs hear each other. */
  | { type: "bridge"; legId: string }
  /** Withdraws or ends the B leg. Answered by `leg-closed`. */
  | { type: "leg-leave"; legId: string; cause: EndCauseName }
  /** Seals what was typed. Answered by `sealed`. The digits go nowhere else. */
  | { type: "seal"; commandId: string; digits: string; key: SealKey }
  /** May be followed by input `recording-ended`. */
  | {
    type: "recording-start";
    recordingId: string;
    kind: RecordingKind;
    silenceMs: number | null;
    commandId: string;
  }
  /** Keeps what is said out of the recording, or lets it in again once it has lingered. */
  | { type: "recording-gate"; recordingId: string; closed: boolean; lingerMs: number }
  /** Answered by `recording-closed`. */
  | { type: "recording-stop"; recordingId: string; outcome: RecordingOutcome }
  | { type: "event"; event: CallEvent }
  | { type: "result"; commandId: string; ok: boolean; code: string | null };
