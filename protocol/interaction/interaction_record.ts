import { z } from "zod";
import { Channel, Epoch, Millis, PopId, Slug, Uuid } from "../ids/names.ts";
import { InteractionRecording } from "../recording/recording.ts";

/** Media figures of one leg as its PoP measured them. */
export const LegMedia = z.object({
  packetsReceived: z.number().int(),
  packetsSent: z.number().int(),
  packetsLost: z.number().int(),
  /** Interarrival jitter, RFC 3550 section 6.4.1, in milliseconds. */
  jitterMs: z.number(),
});
export type LegMedia = z.infer<typeof LegMedia>;

/**
 * One leg of a call. The A leg (`carrier`) reaches the contact, the B leg (`agent`) the agent, or a
 * number such as a capacity based team's (`outside`).
 */
export const Leg = z.object({
  id: Uuid,
  kind: z.enum(["carrier", "agent", "outside"]),
  direction: z.enum(["ingress", "egress"]),
  popId: PopId,
  transport: z.enum(["sip-udp", "sip-tcp", "webrtc"]),
  codec: z.string().nullable(),
  agentId: Slug.nullable(),
  startedAt: Millis,
  answeredAt: Millis.nullable(),
  endedAt: Millis.nullable(),
  /** Why it ended: "caller-hung-up", "agent-hung-up", "flow-hung-up", "media-timeout" … */
  cause: z.string().nullable(),
  media: LegMedia.nullable(),
});
export type Leg = z.infer<typeof Leg>;

/** Where an interaction stands. */
export const InteractionState = z.enum([
  "flow",
  "queued",
  "offered",
  /** The contact is being called. */
  "dialling",
  "connected",
  /** The contact fell silent; their next message brings it back. */
  "dormant",
  "wrap-up",
  "ended",
]);
export type InteractionState = z.infer<typeof InteractionState>;

/** The record of one interaction, live or ended. */
export const InteractionRecord = z.object({
  id: Uuid,
  tenantId: Uuid,
  clusterId: z.string(),
  epoch: Epoch,
  channel: Channel,
  state: InteractionState,
  entryPointId: Slug,
  /** The contact's address: a telephone number or the channel's user id. */
  contact: z.string(),
  /** The address the contact reached. */
  address: z.string(),
  startedAt: Millis,
  queueId: Slug.nullable(),
  queuedAt: Millis.nullable(),
  /** 1 is served next; null when not waiting. */
  queuePosition: z.number().int().positive().nullable(),
  agentId: Slug.nullable(),
  /** The capacity based team that had the call last. */
  teamId: Slug.nullable(),
  connectedAt: Millis.nullable(),
  endedAt: Millis.nullable(),
  endCause: z.string().nullable(),
  wrapUpCode: Slug.nullable(),
  /** What the contact was promised, and when an agent first spoke or wrote. */
  serviceLevel: z.object({
    firstResponseDue: Millis.nullable(),
    firstResponseAt: Millis.nullable(),
    resolutionDue: Millis.nullable(),
  }),
  /** Flow variables, without sensitive ones. */
  variables: z.record(z.string(), z.string()),
  legs: z.array(Leg),
  recordings: z.array(InteractionRecording).default([]),
});
export type InteractionRecord = z.infer<typeof InteractionRecord>;
