import { z } from "zod";
import { Channel, ClusterId, Epoch, Millis, Slug, Uuid } from "../ids/names.ts";
import { Message } from "../interaction/message.ts";

/** The state an agent is in. `rona`: an offer went unanswered; only the agent leaves it. */
export const AgentState = z.enum(["signed-out", "idle", "available", "rona"]);
export type AgentState = z.infer<typeof AgentState>;

/** An agent as the desktop shows them. */
export const AgentView = z.object({
  id: Slug,
  name: z.string(),
  state: AgentState,
  idleCode: Slug.nullable(),
  since: Millis,
  /** Whether a PoP holds this agent's softphone, so that calls can be offered. */
  softphoneConnected: z.boolean(),
});
export type AgentView = z.infer<typeof AgentView>;

/** Someone who is to be called: a caller who kept the place in the queue, or one on a list. */
const VirtualKind = z.enum(["callback", "outbound", "voicemail"]);
/** Why someone is to be called, and what came of it so far. */
const CallbackView = z.object({
  /** When they asked to be called back, or were listed. */
  askedAt: Millis,
  /** Calls placed, the one under way included. */
  attempts: z.number().int().nonnegative(),
  /** Why the last of them came to nothing. */
  lastCause: z.string().nullable(),
});
export type CallbackView = z.infer<typeof CallbackView>;
const QueueRef = z.object({ id: Slug, name: z.string() });

/** An interaction reserved for an agent, waiting to be accepted. */
export const OfferView = z.object({
  offerId: Uuid,
  interactionId: Uuid,
  channel: Channel,
  contact: z.string(),
  contactName: z.string().nullable(),
  queue: QueueRef,
  queuedAt: Millis,
  offeredAt: Millis,
  /** The offer ends (RONA) at this time. */
  expiresAt: Millis,
  declinable: z.boolean(),
  virtual: VirtualKind.nullable(),
  callback: CallbackView.nullable().default(null),
});
export type OfferView = z.infer<typeof OfferView>;

/** An interaction the agent has, or is wrapping up. */
export const AssignmentView = z.object({
  interactionId: Uuid,
  channel: Channel,
  contact: z.string(),
  contactName: z.string().nullable(),
  queue: QueueRef.nullable(),
  /** `calling`: the contact is being called and has not answered yet. */
  state: z.enum(["calling", "connecting", "connected", "wrap-up"]),
  virtual: VirtualKind.nullable(),
  callback: CallbackView.nullable().default(null),
  queuedAt: Millis.nullable(),
  connectedAt: Millis.nullable(),
  /** The agent's next message is due by then. */
  responseDue: Millis.nullable(),
  /** A contact who stays silent is taken off the agent then. */
  contactIdleAt: Millis.nullable(),
  /** What the contact was promised; null where nothing was, or the promise was kept. */
  serviceLevel: z.object({
    firstResponseDue: Millis.nullable(),
    resolutionDue: Millis.nullable(),
  }),
  /** Wrap-up ends by itself at this time. */
  wrapUpUntil: Millis.nullable(),
  endCause: z.string().nullable(),
  /** Those that agents may see. */
  variables: z.record(z.string(), z.string()),
  /** Names of variables that the agent may change. */
  editable: z.array(z.string()),
  /** A page that the flow shows the agent. */
  screenPop: z.object({ url: z.url(), title: z.string() }).nullable().default(null),
});
export type AssignmentView = z.infer<typeof AssignmentView>;

const Code = z.object({ id: Slug, name: z.string() });

/** All that a desktop needs to draw itself. */
export const DesktopSnapshot = z.object({
  agent: AgentView,
  offers: z.array(OfferView),
  assignments: z.array(AssignmentView),
  /** Messages of the assignments that are digital, oldest first. */
  messages: z.array(Message),
  idleCodes: z.array(Code),
  wrapUpCodes: z.array(Code),
  /** Who answers: a process that has lost its cluster tells what was, and is not to be believed. */
  holder: z.object({ clusterId: ClusterId, epoch: Epoch }).optional(),
});
export type DesktopSnapshot = z.infer<typeof DesktopSnapshot>;
