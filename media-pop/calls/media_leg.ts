import type { z } from "zod";
import type { EndCause } from "../../protocol/pop_link/call_event.ts";
import type { StreamCommand } from "../../protocol/pop_link/call_stream.ts";
import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { StreamInput } from "./stream_input.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import type { Prompt } from "../media/prompts/prompt.ts";

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
  /** What a B leg's `bridge` joins to and recordings hear; known to the media engine only. */
  readonly audio: unknown;
  /** Our session description for the 200. */
  readonly description: string;
  /** Answers a re-INVITE's offer (RFC 3264 section 8); null if it cannot be met. */
  renegotiate(offer: string | null): Renegotiation | null;
  /**
   * Plays prompts in turn, without gaps. `done` is called at the end, never at once, and not for
   * what was stopped or replaced.
   */
  play(prompts: readonly Prompt[], loop: boolean, done: () => void): void;
  stop(): void;
  /** Lets this leg and a B leg or a bot hear each other until that is closed. */
  bridge(other: Pick<BLeg, "audio">): void;
  close(): Promise<LegMedia | null>;
}

/** Whose call it is, and which cluster's cell has the tenant's audio. */
export interface AudioOwner {
  tenantId: string;
  clusterId: string;
}

/**
 * Makes items ready to be played without gaps; rejects with an AntiphonError when one cannot be, or
 * when none is wanted any more. It has a deadline of its own.
 */
export type PreparePrompts = (
  items: readonly PromptItem[],
  owner: AudioOwner,
  signal: AbortSignal,
) => Promise<readonly Prompt[]>;

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

/** What a stream tells, as its call takes it. */
export type StreamNews = StreamInput extends infer I
  ? I extends { streamId: string } ? Omit<I, "streamId"> : never
  : never;

/** A call's stream to a bot. */
export interface CallStream {
  /** What {@linkcode MediaLeg.bridge} joins to; known to the media engine only. */
  readonly audio: unknown;
  /** Tells the bot what the caller typed. */
  digit(digit: string): void;
  /** Says goodbye and lets everything go. Nothing is told afterwards. */
  close(): void;
}

/** Opens a stream for a call. What comes of it is told later, never at once. */
export type OpenStream = (
  wanted: {
    callId: string;
    tenantId: string;
    from: string;
    to: string;
    command: z.infer<typeof StreamCommand>;
  },
  tell: (news: StreamNews) => void,
) => CallStream;
