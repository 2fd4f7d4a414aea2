import { z } from "zod";
import { PromptName } from "../flow/flow_document.ts";
import { Millis, PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { EndCause } from "./call_event.ts";

/** What a cell may ask of one call at a PoP. */
export const CallCommand = z.discriminatedUnion("type", [
  /** Answers the A leg (SIP 200). Answering twice is no error. */
  z.object({ type: z.literal("answer") }),
  /** Plays to the caller; ends what was playing. A loop ends only when told or joined. */
  z.object({ type: z.literal("play"), prompt: PromptName, loop: z.boolean() }),
  z.object({ type: z.literal("stop-play") }),
  z.object({
    type: z.literal("collect"),
    prompt: PromptName.nullable(),
    maxDigits: z.number().int().min(1).max(32),
    firstDigitMs: z.number().int().positive(),
    interDigitMs: z.number().int().positive(),
    terminator: z.enum(["#", "*"]).nullable(),
  }),
  /** Joins an agent's softphone to the A leg as a new B leg. */
  z.object({ type: z.literal("join"), legId: Uuid, agentId: Slug }),
  /** Calls a telephone number as a new B leg; the caller hears what was playing until it answers. */
  z.object({
    type: z.literal("dial"),
    legId: Uuid,
    number: PhoneNumber,
    /** The number shown there; null for the caller's own. */
    callerId: PhoneNumber.nullable(),
    ringSeconds: z.number().int().min(5).max(120),
  }),
  /**
   * Begins a call of ours: the number is called as the A leg, over the tenant's trunks, and the
   * frame's `callId` names the call. An agent may be joined while it rings.
   */
  z.object({
    type: z.literal("originate"),
    legId: Uuid,
    number: PhoneNumber,
    /** One of the tenant's numbers, shown there; null withholds. */
    callerId: PhoneNumber.nullable(),
    ringSeconds: z.number().int().min(5).max(120),
    /** Not called any more after this, by the PoP's clock: the command was under way too long. */
    notAfter: Millis,
  }),
  /** Ends a B leg; the A leg stays. */
  z.object({ type: z.literal("leave"), legId: Uuid, cause: EndCause }),
  /** Ends the call, or refuses it with `sipStatus` while it is not answered. */
  z.object({
    type: z.literal("hang-up"),
    cause: EndCause,
    sipStatus: z.number().int().min(400).max(699).nullable(),
  }),
]);
export type CallCommand = z.infer<typeof CallCommand>;
