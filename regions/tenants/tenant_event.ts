import { z } from "zod";
import { MediaCapacity } from "../../protocol/configuration/multimedia_profile.ts";
import { SkillValues } from "../../protocol/configuration/skill_profile.ts";
import { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import { AgentState } from "../../protocol/agent_session/agent_view.ts";
import { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import { CALLBACK_EVENTS } from "../callbacks/callback_events.ts";
import { Channel, Millis, PopId, Slug, Uuid } from "../../protocol/ids/names.ts";
import { EndCause } from "../../protocol/pop_link/call_event.ts";
import {
  RecordingKind,
  RecordingOutcome,
  RecordingPause,
} from "../../protocol/recording/recording.ts";
import { MessageStatus } from "../../protocol/interaction/message.ts";

const interactionId = Uuid;
const Group = z.object({ at: Millis, teamIds: z.array(Slug) });
const Requirements = z.array(SkillRequirement).default([]);
const names = z.array(z.string()).default([]);
const variableLists = z.object({
  hidden: names,
  editable: names,
  reportable: names,
  sensitive: names,
}).prefault({});
/** The line of a flow: 0, or the number of an event handler. */
const thread = z.number().int().nonnegative().default(0);
/** What an activity keeps while it waits. */
const kept = z.json().default(null);
const recording = { interactionId, recordingId: Uuid, popId: PopId, kind: RecordingKind };
/** What routing knows of an agent, as the configuration had it then. */
const profile = {
  teamIds: z.array(Slug).default([]),
  skills: SkillValues.default({}),
  capacity: MediaCapacity.prefault({}),
};

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
    ...profile,
  }),
  /** The configuration of an agent who is signed in has changed. */
  z.object({ type: z.literal("agent.configured"), agentId: Slug, name: z.string(), ...profile }),
  z.object({
    type: z.literal("agent.disconnected"),
    agentId: Slug,
    /** Where the desktop was. */
    edgeId: z.string().nullable().default(null),
  }),
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
    /** Someone who is to be called, instead of a call. */
    virtual: z.object({ kind: z.enum(["callback", "outbound", "voicemail"]), number: z.string() })
      .nullable()
      .default(null),
    serviceLevel: z.object({
      firstResponse: Millis.nullable().default(null),
      resolution: Millis.nullable().default(null),
    }).prefault({}),
    variableLists,
  }),
  z.object({ type: z.literal("call.answered"), interactionId, codec: z.string() }),
  z.object({
    type: z.literal("flow.entered"),
    interactionId,
    activityId: Slug,
    step: z.number().int().positive(),
    deadline: Millis.nullable(),
    thread,
    kept,
  }),
  /** An activity waits for something more. */
  z.object({
    type: z.literal("flow.waits"),
    interactionId,
    step: z.number().int().positive(),
    deadline: Millis,
    thread,
    kept,
  }),
  /** A service answered while an offer stood: the flow hears it when it goes on. */
  z.object({ type: z.literal("flow.put-aside"), interactionId, answer: z.json() }),
  /** The flow calls another one, which returns to it. */
  z.object({
    type: z.literal("flow.called"),
    interactionId,
    thread,
    flowId: Slug,
    version: z.string(),
    variables: z.record(z.string(), z.string()),
    variableLists,
  }),
  z.object({ type: z.literal("flow.returned"), interactionId, thread }),
  /** An event handler begins, as a line of its own. */
  z.object({
    type: z.literal("flow.handler-started"),
    interactionId,
    thread,
    flowId: Slug,
    version: z.string(),
  }),
  /** A loop has sent the flow round so often; 0: it is done. */
  z.object({
    type: z.literal("flow.counted"),
    interactionId,
    thread,
    activityId: Slug,
    rounds: z.number().int().nonnegative(),
  }),
  /** The agent is shown a page. */
  z.object({ type: z.literal("screen.popped"), interactionId, url: z.string(), title: z.string() }),
  /** An activity failed; the flow goes along its error path, if it has one. */
  z.object({
    type: z.literal("flow.failed"),
    interactionId,
    thread,
    activityId: z.string(),
    code: z.string(),
  }),
  /** Somebody saw a sensitive variable in clear. */
  z.object({
    type: z.literal("variable.revealed"),
    interactionId,
    variable: z.string(),
    by: Slug,
  }),
  z.object({
    type: z.literal("flow.variable-set"),
    interactionId,
    variable: z.string(),
    value: z.string(),
    /** The agent who set it; null for the flow. */
    agentId: Slug.nullable().default(null),
  }),
  z.object({ type: z.literal("flow.ended"), interactionId, reason: z.string(), thread }),
  z.object({
    type: z.literal("interaction.queued"),
    interactionId,
    queueId: Slug,
    queueName: z.string(),
    priority: z.number().int(),
    groups: z.array(Group),
    music: z.string(),
    until: Millis.nullable(),
    relativePriority: z.number().int().default(5),
    selection: z.enum(["longest-available", "best-available"]).default("longest-available"),
    requirements: Requirements,
    relaxation: z.array(z.object({ at: Millis, requirements: Requirements })).default([]),
    agentId: Slug.nullable().default(null),
    onUnavailable: Slug.nullable().default(null),
    /** Milliseconds. */
    estimatedWait: z.number().nonnegative().nullable().default(null),
    /** It waits already: it is served as of when it was first queued, and in that order. */
    keepsPlace: z.boolean().default(false),
    /** A conversation that nobody touches is closed then: a flow has been at work meanwhile. */
    idleUntil: Millis.nullable().default(null),
    /** The queue that the flow named, if it stands in another one by now. */
    namedQueueId: Slug.nullable().default(null),
  }),
  /** Another queue, or new terms of its own: it is served as of when it was first queued. */
  z.object({
    type: z.literal("interaction.moved"),
    interactionId,
    queueId: Slug,
    queueName: z.string(),
    relativePriority: z.number().int(),
    selection: z.enum(["longest-available", "best-available"]),
    groups: z.array(Group),
    requirements: Requirements,
    relaxation: z.array(z.object({ at: Millis, requirements: Requirements })),
    until: Millis.nullable(),
    agentId: Slug.nullable(),
  }),
  z.object({
    type: z.literal("interaction.widened"),
    interactionId,
    groupsJoined: z.number().int(),
  }),
  /** A relaxation step holds from now on. */
  z.object({
    type: z.literal("interaction.relaxed"),
    interactionId,
    requirements: Requirements,
    /** Steps still to come. */
    left: z.number().int(),
  }),
  /** Someone gave a waiting contact another priority. */
  z.object({
    type: z.literal("interaction.prioritised"),
    interactionId,
    priority: z.number().int(),
    by: Slug,
  }),
  /** It waits no more, and its flow goes on. */
  z.object({ type: z.literal("interaction.left-queue"), interactionId, reason: z.string() }),
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
    /** The capacity based team that did not take it. */
    failedTeamId: Slug.nullable().default(null),
  }),
  z.object({
    type: z.literal("offer.made"),
    interactionId,
    offerId: Uuid,
    agentId: Slug,
    expiresAt: Millis,
    declinable: z.boolean().default(true),
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
    responseDue: Millis.nullable().default(null),
  }),
  /** A call is passed on to a capacity based team's number. */
  z.object({
    type: z.literal("interaction.passed-outside"),
    interactionId,
    teamId: Slug,
    number: z.string(),
    legId: Uuid,
    ringSeconds: z.number().int(),
    deadline: Millis,
  }),
  z.object({
    type: z.literal("interaction.connected-outside"),
    interactionId,
    legId: Uuid,
    codec: z.string(),
  }),
  /** The caller hangs up and keeps the place. */
  z.object({
    type: z.literal("interaction.made-virtual"),
    interactionId,
    number: z.string(),
    until: Millis,
    /** The PoP must have reported the end of the call by then. */
    deadline: Millis,
    /** Whether the call is ended at once; otherwise its flow says goodbye. */
    hangsUp: z.boolean().default(true),
  }),
  /** The goodbye is over: the PoP is asked to end the call of who keeps the place. */
  z.object({
    type: z.literal("call.release-requested"),
    interactionId,
    cause: EndCause,
    deadline: Millis,
  }),
  /** The PoP is asked to call a number for the caller. */
  z.object({
    type: z.literal("interaction.transferring"),
    interactionId,
    legId: Uuid,
    number: z.string(),
    callerId: z.string().nullable(),
    ringSeconds: z.number().int(),
    /** What the caller hears meanwhile. */
    prompt: z.string(),
  }),
  /** The number has answered: the flow is over, the call goes on outside. */
  z.object({
    type: z.literal("interaction.transferred"),
    interactionId,
    legId: Uuid,
    codec: z.string().nullable(),
  }),
  /** A number that did not answer in time is left alone. */
  z.object({ type: z.literal("interaction.transfer-given-up"), interactionId, legId: Uuid }),
  /** The number shown to whom the flow calls. */
  z.object({
    type: z.literal("interaction.caller-id-set"),
    interactionId,
    callerId: z.string().nullable(),
  }),
  /** Another entry point's flow goes on with the interaction. */
  z.object({
    type: z.literal("flow.switched"),
    interactionId,
    entryPointId: Slug,
    flowId: Slug,
    version: z.string(),
    variables: z.record(z.string(), z.string()),
    variableLists: z.object({
      hidden: names,
      editable: names,
      reportable: names,
      sensitive: names,
    }),
  }),
  ...CALLBACK_EVENTS,
  /** Taken off its agent until the contact writes again. */
  z.object({
    type: z.literal("interaction.unassigned"),
    interactionId,
    agentId: Slug,
    reason: z.enum(["contact-idle"]),
  }),
  /** The agent's reply is late. */
  z.object({ type: z.literal("response.overdue"), interactionId, agentId: Slug }),
  z.object({
    type: z.literal("contact-idle.extended"),
    interactionId,
    agentId: Slug,
    contactIdleAt: Millis,
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
  /** A PoP is asked to record, or to change what it does. */
  z.object({
    type: z.literal("recording.requested"),
    interactionId,
    recordingId: Uuid,
    kind: RecordingKind,
    action: z.enum(["start", "pause", "resume", "stop"]),
  }),
  z.object({ type: z.literal("recording.started"), ...recording }),
  z.object({
    type: z.literal("recording.changed"),
    interactionId,
    recordingId: Uuid,
    state: z.enum(["paused", "resumed"]),
  }),
  /** Its audio is at the PoP, unless it is empty. The interaction may be over. */
  z.object({
    type: z.literal("recording.ended"),
    ...recording,
    startedAt: Millis,
    seconds: z.number().nonnegative(),
    outcome: RecordingOutcome,
    pauses: z.array(RecordingPause),
  }),
  /** Its audio is gone. */
  z.object({ type: z.literal("recording.deleted"), interactionId, recordingId: Uuid }),
  /** Who listened to a recording, or deleted it. */
  z.object({
    type: z.literal("recording.accessed"),
    interactionId,
    recordingId: Uuid,
    action: z.enum(["played", "deleted"]),
    by: Slug,
  }),
  z.object({
    type: z.literal("message.received"),
    interactionId,
    messageId: Uuid,
    providerMessageId: z.string(),
    idleUntil: Millis,
    responseDue: Millis.nullable().default(null),
  }),
  z.object({
    type: z.literal("message.queued"),
    interactionId,
    messageId: Uuid,
    author: z.enum(["agent", "flow", "bot"]),
    idleUntil: Millis,
    contactIdleAt: Millis.nullable().default(null),
  }),
  /** Something was said in a call, to or by a bot. */
  z.object({
    type: z.literal("transcript.kept"),
    interactionId,
    messageId: Uuid,
    author: z.enum(["contact", "bot"]),
  }),
  /** The request that sends a message goes out once this is durable; it never does without. */
  z.object({ type: z.literal("message.sending"), interactionId, messageId: Uuid }),
  /** That request came to nothing for certain: another may go out. */
  z.object({ type: z.literal("message.not-sent"), interactionId, messageId: Uuid }),
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
