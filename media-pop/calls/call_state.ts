import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { RecordingKind, RecordingOutcome } from "../../protocol/recording/recording.ts";
import type { EndCauseName } from "./call_action.ts";

/** What never changes about a call. */
export interface CallIdentity {
  callId: string;
  tenantId: string;
  clusterId: string;
  /** The A leg's id. */
  legId: string;
  /** The trunk it came in by; null for a call of ours. */
  trunkId: string | null;
  from: string;
  to: string;
  transport: "sip-udp" | "sip-tcp";
}

/** A `collect` under way. */
export interface CollectState {
  commandId: string;
  maxDigits: number;
  firstDigitMs: number;
  interDigitMs: number;
  terminator: string | null;
  interruptible: boolean;
  seal: SealKey | null;
  digits: string;
  until: number;
}

/** A collect that is over, and whose digits are being sealed. */
export interface SealingState {
  commandId: string;
  outcome: "complete" | "timeout";
  until: number;
}

/** What is being played to the caller. `commandId` is null for what the PoP plays by itself. */
export interface PlayState {
  playId: string;
  commandId: string | null;
}

/** The B leg, joined or about to be. `until` bounds the time before it is joined. */
export type BLegState =
  & { legId: string; until: number }
  & (
    /** An agent's softphone. */
    | { agentId: string; phase: "joining" | "joined" }
    /** A number that was dialled; `early`: it is heard before it has answered. */
    | { agentId: null; phase: "ringing" | "early" | "joined" }
  );

/** The bot a call's audio is connected to, or about to be. `until` bounds the phase. */
export interface StreamState {
  streamId: string;
  phase: "connecting" | "unheard" | "talking";
  until: number;
  firstAudioMs: number;
  wholeUntil: number;
}

/** A B leg whose media is being closed and counted. */
export interface LeavingLegState {
  legId: string;
  cause: EndCauseName;
  /** What a dialled number's leg was refused with. */
  sipStatus: number | null;
  until: number;
}

/** A recording that was begun and whose end is not reported yet. */
export interface RecordingState {
  recordingId: string;
  /** The command that began it. */
  commandId: string;
  kind: RecordingKind;
  /** `beep`: it begins once the beep is over. `closing`: its file is being closed. */
  phase: "beep" | "recording" | "closing";
  startedAt: number;
  /** When `phase` must be over. */
  until: number;
  /** How long it may last, in milliseconds. */
  maxMs: number;
  /** Silence that ends it, in milliseconds. */
  silenceMs: number | null;
  terminator: string | null;
  /** The cell asked for a pause. */
  paused: boolean;
  /** What is said now is kept out: a pause was asked for, or secret digits are typed. */
  gated: boolean;
  /** Why it ended, while it is closed. */
  outcome: RecordingOutcome | null;
}

/** A command's outcome, kept for repeats. */
export interface CommandResult {
  commandId: string;
  ok: boolean;
  code: string | null;
}

/** One call's state. Immutable; `advanceCall` gives the next. */
export interface CallState {
  readonly identity: CallIdentity;
  /** A call that came in rings and is answered; one of ours is `dialling` until it is answered. */
  readonly phase: "ringing" | "answering" | "dialling" | "up" | "ending" | "ended";
  /** When `phase` must be over; unused in `ended`. */
  readonly until: number;
  readonly overallUntil: number;
  /** The A leg has media, or media is being opened or closed for it. */
  readonly mediaOpen: boolean;
  /** The carrier put us on hold: silence from it is no fault. */
  readonly held: boolean;
  readonly playing: PlayState | null;
  readonly collect: CollectState | null;
  /** Digits typed before a `collect` asked for them. */
  readonly typed: string;
  /**
   * What is typed now may be secret: a collect with a key is under way, or was the last one.
   * Whoever keeps the caller's audio must leave it out.
   */
  readonly secretDigits: boolean;
  readonly sealing: readonly SealingState[];
  readonly bLeg: BLegState | null;
  readonly stream: StreamState | null;
  readonly leaving: readonly LeavingLegState[];
  /** At most one message and one of the whole call that are not being closed. */
  readonly recordings: readonly RecordingState[];
  readonly endCause: EndCauseName | null;
  /** What a call of ours was refused with. */
  readonly sipStatus: number | null;
  /** How far a call of ours has come; null for one that came in. */
  readonly stage: "placed" | "ringing" | "early-media" | null;
  /** The A leg's figures, once it is closed. */
  readonly media: LegMedia | null;
  readonly results: readonly CommandResult[];
}
