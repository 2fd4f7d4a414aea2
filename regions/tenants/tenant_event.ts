import { z } from "zod";
import { AgentState } from "../../protocol/agent_session/agent_view.ts";
import { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import { Channel, Millis, PopId, Slug, Uuid } from "../../protocol/ids/names.ts";
import { EndCause } from "../../protocol/pop_link/call_event.ts";
import { MessageStatus } from "../../protocol/interaction/message.ts";
import { Activity } from "../../protocol/flow/flow_document.ts";

const interactionId = Uuid;
const Group = z.object({ at: Millis, teamIds: z.array(Slug) });

/**
 * What happened in a tenant: the records of its log. Facts, ids and times; no message bodies.
 * Stored for long: members are only ever added, and with a default.
 */
export const TenantEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("agent.connected"),
    agentId: Slug,
    name: z.string(),
    edgeId: z.string(),
  }),
  z.object({ type: z.literal("agent.disconnected"), agentId: Slug }),
  z.object({
    type: z.literal("agent.state-changed"),
    agentId: Slug,
    state: AgentState,
    idleCode: Slug.nullable(),
  }),
  z.object({
    type: z.literal("agent.softphone-changed"),
    agentId: Slug,
    popId: PopId.nullable(),
  }),
  z.object({
    type: z.literal("interaction.started"),
    interactionId,
    channel: Channel,
    entryPointId: Slug,
    contact: z.string(),
    contactName: z.string().nullable(),
    address: z.string(),
    assetId: Uuid.nullable(),
    flowId: Slug,
    flowVersion: z.string(),
    variables: z.record(z.string(), z.string()),
    call: z.object({
      popId: PopId,
      legId: Uuid,
      transport: z.enum(["sip-udp", "sip-tcp"]),
      answer: z.boolean(),
    }).nullable(),
    idleUntil: Millis.nullable(),
  }),
  z.object({ type: z.literal("call.answered"), interactionId, codec: z.string() }),
  z.object({
    type: z.literal("flow.entered"),
    interactionId,
    activityId: Slug,
    step: z.number().int().positive(),
    activity: Activity,
    deadline: Millis.nullable(),
  }),
  z.object({
    type: z.literal("flow.variable-set"),
    interactionId,
    variable: z.string(),
    value: z.string(),
  }),
  z.object({ type: z.literal("flow.ended"), interactionId, reason: z.string() }),
  z.object({
    type: z.literal("interaction.queued"),
    interactionId,
    queueId: Slug,
    queueName: z.string(),
    priority: z.number().int(),
    groups: z.array(Group),
    music: z.string(),
    until: Millis.nullable(),
  }),
  z.object({
    type: z.literal("interaction.widened"),
    interactionId,
    groupsJoined: z.number().int(),
  }),
  /** Back to its place, after an offer or a connection came to nothing. */
  z.object({
    type: z.literal("interaction.requeued"),
    interactionId,
    reason: z.string(),
    /** The agent who had it, null if it was only offered. */
    agentId: Slug.nullable(),
    /** The agent's leg, which the PoP is told to end if it still stands. */
    legId: Uuid.nullable(),
    /** A caller who had an agent has a fresh time to wait. */
    until: Millis.nullable(),
  }),
  z.object({
    type: z.literal("offer.made"),
    interactionId,
    offerId: Uuid,
    agentId: Slug,
    expiresAt: Millis,
  }),
  z.object({
    type: z.literal("offer.ended"),
    interactionId,
    offerId: Uuid,
    agentId: Slug,
    reason: z.enum(["accepted", "declined", "timed-out", "withdrawn"]),
  }),
  z.object({
    type: z.literal("interaction.connecting"),
    interactionId,
    agentId: Slug,
    legId: Uuid,
    deadline: Millis,
  }),
  z.object({
    type: z.literal("interaction.connected"),
    interactionId,
    agentId: Slug,
    codec: z.string().nullable(),
  }),
  z.object({
    type: z.literal("interaction.interrupted"),
    interactionId,
    agentId: Slug,
    deadline: Millis,
  }),
  z.object({
    type: z.literal("leg.ended"),
    interactionId,
    legId: Uuid,
    cause: EndCause,
    media: LegMedia.nullable(),
  }),
  z.object({
    type: z.literal("wrap-up.started"),
    interactionId,
    agentId: Slug,
    cause: z.string(),
    until: Millis,
  }),
  z.object({
    type: z.literal("wrap-up.ended"),
    interactionId,
    agentId: Slug,
    code: Slug.nullable(),
  }),
  /** The PoP is asked to end the A leg. */
  z.object({
    type: z.literal("call.hang-up-requested"),
    interactionId,
    cause: EndCause,
    sipStatus: z.number().int().nullable(),
    deadline: Millis,
  }),
  z.object({
    type: z.literal("interaction.ended"),
    interactionId,
    cause: z.string(),
    agentId: Slug.nullable(),
  }),
  /** A call that no entry point takes. */
  z.object({
    type: z.literal("call.refused"),
    callId: Uuid,
    popId: PopId,
    sipStatus: z.number().int(),
    reason: z.string(),
  }),
  z.object({
    type: z.literal("message.received"),
    interactionId,
    messageId: Uuid,
    providerMessageId: z.string(),
    idleUntil: Millis,
  }),
  z.object({
    type: z.literal("message.queued"),
    interactionId,
    messageId: Uuid,
    author: z.enum(["agent", "flow"]),
    idleUntil: Millis,
  }),
  z.object({
    type: z.literal("message.status-changed"),
    interactionId,
    messageId: Uuid,
    status: MessageStatus,
    providerMessageId: z.string().nullable(),
    failure: z.string().nullable(),
  }),
]);
export type TenantEvent = z.infer<typeof TenantEvent>;
export type TenantEventType = TenantEvent["type"];
export type TenantEventOf<T extends TenantEventType> = Extract<TenantEvent, { type: T }>;
