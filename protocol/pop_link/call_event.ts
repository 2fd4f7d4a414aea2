import { z } from "zod";
import { LegMedia } from "../interaction/interaction_record.ts";
import { Millis, PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { storableText } from "../text/storable_text.ts";

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
/** A `play` ended. `commandId` names it. */
const Played = z.object({
  type: z.literal("call.played"),
  commandId: z.string(),
  outcome: z.enum(["completed", "interrupted", "failed"]),
});
/** A `collect` ended. Digits may be empty after a timeout. */
const Collected = z.object({
  type: z.literal("call.collected"),
  commandId: z.string(),
  digits: z.string().regex(/^[0-9*#A-D]*$/),
  outcome: z.enum(["complete", "timeout"]),
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
  Joined,
  LegEnded,
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
