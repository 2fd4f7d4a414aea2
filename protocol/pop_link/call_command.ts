import { z } from "zod";
import { Millis, PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { EndCause } from "./call_event.ts";
import { StopStreamCommand, StreamCommand } from "./call_stream.ts";
import { MOST_ITEMS, PromptItem } from "./prompt_item.ts";
import { SealKey } from "./seal_key.ts";

/** A UUIDv7: its time says where the recording is kept. */
const RecordingId = z.uuidv7();

/** What a cell may ask of one call at a PoP. */
export const CallCommand = z.discriminatedUnion("type", [
  /** Answers the A leg (SIP 200). Answering twice is no error. */
  z.object({ type: z.literal("answer") }),
  /**
   * Plays to the caller, one item after the other; ends what was playing. `loop` plays the list
   * again and again, until told or joined.
   */
  z.object({
    type: z.literal("play"),
    items: z.array(PromptItem).min(1).max(MOST_ITEMS).readonly(),
    loop: z.boolean(),
  }),
  z.object({ type: z.literal("stop-play") }),
  z.object({
    type: z.literal("collect"),
    /** What is played first; none waits in silence. */
    items: z.array(PromptItem).max(MOST_ITEMS).readonly(),
    /**
     * Whether a digit stops the items. If not, they are played to their end, and what was typed
     * before it does not count (as VoiceXML 2.0 section 4.1.5 has it).
     */
    interruptible: z.boolean(),
    /** Digits leave the PoP sealed by this key only; null lets them be told. */
    seal: SealKey.nullable(),
    maxDigits: z.number().int().min(1).max(32),
    firstDigitMs: z.number().int().positive(),
    interDigitMs: z.number().int().positive(),
    terminator: z.enum(["#", "*"]).nullable(),
  }),
  /**
   * Records the caller alone, until silence, a terminator, too much time, or the end. Ends what
   * was playing. Answered by `call.recorded`.
   */
  z.object({
    type: z.literal("record-message"),
    recordingId: RecordingId,
    /** What is played first; the terminator skips it. */
    items: z.array(PromptItem).max(MOST_ITEMS - 1).readonly(),
    beep: z.boolean(),
    maxSeconds: z.number().int().min(1).max(1800),
    silenceSeconds: z.number().int().min(1).max(60).nullable(),
    terminator: z.enum(["#", "*"]).nullable(),
  }),
  /**
   * Records the whole call. Paused stretches are silent. A start repeated, and what is asked of
   * the state it is in already, are no errors. Ends with `call.recorded`.
   */
  z.object({
    type: z.literal("record"),
    action: z.enum(["start", "pause", "resume", "stop"]),
    recordingId: RecordingId,
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
  StreamCommand,
  StopStreamCommand,
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
