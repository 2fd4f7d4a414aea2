import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
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
  digits: string;
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

/** A B leg whose media is being closed and counted. */
export interface LeavingLegState {
  legId: string;
  cause: EndCauseName;
  /** What a dialled number's leg was refused with. */
  sipStatus: number | null;
  until: number;
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
  readonly bLeg: BLegState | null;
  readonly leaving: readonly LeavingLegState[];
  readonly endCause: EndCauseName | null;
  /** What a call of ours was refused with. */
  readonly sipStatus: number | null;
  /** How far a call of ours has come; null for one that came in. */
  readonly stage: "placed" | "ringing" | "early-media" | null;
  /** The A leg's figures, once it is closed. */
  readonly media: LegMedia | null;
  readonly results: readonly CommandResult[];
}
