import { z } from "zod";
import { LegMedia } from "../interaction/interaction_record.ts";
import { Millis, PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { RecordingKind, RecordingOutcome, RecordingPause } from "../recording/recording.ts";
import { storableText } from "../text/storable_text.ts";
import { StreamEnded, StreamMessage, StreamStarted } from "./call_stream.ts";

/** Pauses of one recording that are told of; later ones go with the last. */
const MOST_PAUSES = 1000;

/** Why a call or a leg ended, in one word that reports can count. */
export const EndCause = z.enum([
  "caller-hung-up",
  "caller-cancelled",
  "agent-hung-up",
  "agent-lost",
  "flow-hung-up",
  "platform-hung-up",
  "rejected",
  "media-timeout",
  "deadline",
  "failure",
  /** What a number that was dialled may come to. */
  "busy",
  "no-answer",
  "declined",
  "unreachable",
]);
export type EndCause = z.infer<typeof EndCause>;

/** A new call stands at the PoP: ringing, not answered. */
const Offered = z.object({
  type: z.literal("call.offered"),
  legId: Uuid,
  trunkId: Uuid,
  /** The caller as the carrier gave it, E.164 where it could be read so, else the SIP user part. */
  from: z.string().overwrite(storableText).max(128),
  to: PhoneNumber,
  transport: z.enum(["sip-udp", "sip-tcp"]),
});
/** How far a call of ours has come that is not answered yet. */
const Progress = z.object({
  type: z.literal("call.progress"),
  /** `placed`: it is being called; `early-media`: it is heard before it has answered. */
  stage: z.enum(["placed", "ringing", "early-media"]),
});
const Answered = z.object({
  type: z.literal("call.answered"),
  codec: z.string(),
});
/** Why something could not be played or sealed, as a stable word. */
const FailureCode = z.string().regex(/^[a-z_]{1,64}$/);
/** A `play` ended. `commandId` names it. */
const Played = z.object({
  type: z.literal("call.played"),
  commandId: z.string(),
  outcome: z.enum(["completed", "interrupted", "failed"]),
  /** Only of what failed. */
  code: FailureCode.optional(),
});
/** A `collect` ended. */
const Collected = z.object({
  type: z.literal("call.collected"),
  commandId: z.string(),
  /** What was typed, perhaps nothing; null for digits that are sealed or were lost. */
  digits: z.string().regex(/^[0-9*#A-D]*$/).nullable(),
  /** The digits as a compact JWE, if a key was given and something was typed. */
  sealed: z.string().regex(/^[A-Za-z0-9_.-]+$/).max(4096).nullable(),
  /** "failed" when what was to be played could not be, or the digits could not be sealed. */
  outcome: z.enum(["complete", "timeout", "failed"]),
  code: FailureCode.optional(),
});
/** A recording ended. `commandId` names what began it. */
const Recorded = z.object({
  type: z.literal("call.recorded"),
  commandId: z.string(),
  recordingId: Uuid,
  kind: RecordingKind,
  startedAt: Millis,
  seconds: z.number().nonnegative(),
  outcome: RecordingOutcome,
  pauses: z.array(RecordingPause).max(MOST_PAUSES),
});
/** A recording began, was paused or went on, or its audio was deleted. */
const RecordingChanged = z.object({
  type: z.literal("recording.changed"),
  recordingId: Uuid,
  kind: RecordingKind,
  state: z.enum(["started", "paused", "resumed", "deleted"]),
});
const Joined = z.object({
  type: z.literal("leg.joined"),
  legId: Uuid,
  /** Null for a number that was dialled. */
  agentId: Slug.nullable(),
  codec: z.string(),
});
/** A B leg ended, or could not be joined at all. The A leg goes on. */
const LegEnded = z.object({
  type: z.literal("leg.ended"),
  legId: Uuid,
  /** "agent-hung-up" when whoever was joined, agent or dialled number, hung up. */
  cause: EndCause,
  /** The status that a dialled number's leg was refused with, if it was. */
  sipStatus: z.number().int().min(300).max(699).nullable().default(null),
  media: LegMedia.nullable(),
});
/** The A leg ended, and with it the call. */
const Ended = z.object({
  type: z.literal("call.ended"),
  cause: EndCause,
  /** The status that a call of ours was refused with, if it was. */
  sipStatus: z.number().int().min(300).max(699).nullable().default(null),
  media: LegMedia.nullable(),
});

/** What happened to one call at a PoP. */
export const CallEvent = z.discriminatedUnion("type", [
  Offered,
  Progress,
  Answered,
  Played,
  Collected,
  Recorded,
  RecordingChanged,
  Joined,
  LegEnded,
  StreamStarted,
  StreamMessage,
  StreamEnded,
  Ended,
]);
export type CallEvent = z.infer<typeof CallEvent>;

/** A call event with its place: `callId` is made by the PoP and is the interaction's id. */
export const PlacedCallEvent = z.object({
  tenantId: Uuid,
  callId: Uuid,
  /** When it happened, by the PoP's clock. */
  at: Millis,
  event: CallEvent,
});
export type PlacedCallEvent = z.infer<typeof PlacedCallEvent>;
