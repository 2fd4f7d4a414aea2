import type { EndCause } from "../../protocol/pop_link/call_event.ts";
import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";

/** What a carrier's leg reports while it lives. */
export interface MediaLegEvents {
  digit(digit: string): void;
  /** Nothing was received for too long. */
  timeout(): void;
}

/** The outcome of a new offer within a call. */
export interface Renegotiation {
  answer: string;
  /** The carrier wants no audio from us now. */
  held: boolean;
}

/** The A leg's media, as a call drives it. */
export interface MediaLeg {
  /** Codec of the answer, "PCMA" or "PCMU". */
  readonly codec: string;
  /** Our session description for the 200. */
  readonly description: string;
  /** Answers a re-INVITE's offer (RFC 3264 section 8); null if it cannot be met. */
  renegotiate(offer: string | null): Renegotiation | null;
  /** Plays a prompt of the library; `done` is not called for what was stopped or replaced. */
  play(prompt: string, loop: boolean, done: (outcome: "completed" | "failed") => void): void;
  stop(): void;
  /** Lets this leg and a B leg hear each other until the B leg is closed. */
  bridge(bLeg: BLeg): void;
  close(): Promise<LegMedia | null>;
}

/** The other end of a call: an agent's softphone or a dialled number. */
export interface BLeg {
  /** What {@linkcode MediaLeg.bridge} joins to; known to the media engine only. */
  readonly audio: unknown;
  /** Ends it, whatever it has come to, and counts it. */
  close(cause: EndCause): Promise<LegMedia | null>;
}

/** An agent's softphone, taken for one call. */
export interface AgentLeg extends BLeg {
  readonly codec: string;
  /** The agent hears ringing until the leg is bridged or closed. */
  ringback(): void;
  close(): Promise<LegMedia | null>;
}

/** Takes an agent's softphone for a leg; rejects if it is not there or taken. */
export type TakeAgent = (
  wanted: { tenantId: string; agentId: string; callId: string; legId: string },
  lost: () => void,
) => Promise<AgentLeg>;

/** What a dialled number's leg reports until it is closed. */
export interface DialEvents {
  /** The other side is heard before it has answered. Comes at most once. */
  early(): void;
  /** The other side has answered. */
  answered(codec: string): void;
  /** It was not reached, or it ended by itself; `sipStatus` where one refused it. Comes last. */
  ended(cause: EndCause, sipStatus: number | null): void;
}

/** What the A leg of a call of ours reports; `ended` says `agent-hung-up` of the called party. */
export interface CalledEvents extends DialEvents {
  ringing?(): void;
  digit?(digit: string): void;
}

/** The A leg of a call of ours. */
export interface CalledLeg {
  /** There once the called party is heard or has answered. */
  readonly media: MediaLeg | undefined;
  /** Withdraws or hangs up, and counts. */
  close(cause: EndCause): Promise<LegMedia | null>;
}

/** Calls a number as the A leg. What comes of it is told later, never at once. */
export type CallOut = (
  wanted: { number: string; callerId: string | null },
  events: CalledEvents,
) => CalledLeg;

/** Calls a number as the B leg. What comes of it is told later, never at once. */
export type DialNumber = (
  wanted: { legId: string; number: string; callerId: string | null },
  events: DialEvents,
) => BLeg;
