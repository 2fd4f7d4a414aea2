import { z } from "zod";
import { Millis, PopId, Slug, Uuid } from "../../protocol/ids/names.ts";
import { EndCause } from "../../protocol/pop_link/call_event.ts";

const interactionId = Uuid;

/** What happens to someone who is to be called, in the log. */
export const CALLBACK_EVENTS = [
  /** Someone who is to be called is not to be called now: they keep the place. */
  z.object({
    type: z.literal("interaction.postponed"),
    interactionId,
    /** Null: until something else happens. */
    until: Millis.nullable(),
    reason: z.enum(["call-ends", "window", "number-busy"]),
  }),
  /** They may be called, until the hours for that end. */
  z.object({
    type: z.literal("interaction.resumed"),
    interactionId,
    windowEnds: Millis.nullable(),
  }),
  /** A PoP is asked to call a contact. */
  z.object({
    type: z.literal("interaction.dialled"),
    interactionId,
    callId: Uuid,
    legId: Uuid,
    popId: PopId,
    number: z.string(),
    callerId: z.string().nullable(),
    ringSeconds: z.number().int(),
    notAfter: Millis,
    /** Who has accepted, or is kept free. */
    agentId: Slug,
    /** The leg of the agent who has accepted. */
    agentLegId: Uuid.nullable(),
    deadline: Millis,
  }),
  z.object({
    type: z.literal("call.progressed"),
    interactionId,
    stage: z.enum(["placed", "ringing", "early-media"]),
  }),
  /** The agent's softphone is on the call that has not been answered yet. */
  z.object({
    type: z.literal("interaction.agent-listening"),
    interactionId,
    agentId: Slug,
    legId: Uuid,
    codec: z.string(),
  }),
  /** A call to a contact came to nothing. */
  z.object({
    type: z.literal("interaction.attempt-failed"),
    interactionId,
    callId: Uuid,
    cause: EndCause,
    sipStatus: z.number().int().nullable(),
    /** The agent who had accepted. */
    agentId: Slug.nullable(),
    /** Not called again before. */
    until: Millis,
    /** The PoP is told to end the call. */
    withdrawn: z.boolean(),
  }),
  /** A contact has answered whom no agent has: it waits as a caller. */
  z.object({
    type: z.literal("interaction.reached"),
    interactionId,
    /** The agent who had accepted and was lost. */
    agentId: Slug.nullable(),
    legId: Uuid.nullable(),
    prompt: z.string().nullable(),
    until: Millis.nullable(),
  }),
  /** Whoever answered has heard the prompt. */
  z.object({ type: z.literal("interaction.greeted"), interactionId }),
] as const;
