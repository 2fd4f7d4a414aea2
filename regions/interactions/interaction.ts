import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import type { InteractionRecording } from "../../protocol/recording/recording.ts";
import type { Leg } from "../../protocol/interaction/interaction_record.ts";
import type { Channel } from "../../protocol/ids/names.ts";
import type { CallbackState } from "../callbacks/callback_state.ts";
import type { FlowPosition } from "../flows/flow_position.ts";
import type { VariableLists } from "./variable_lists.ts";

export type { VariableLists };

/** A group of teams and the moment (epoch ms) from which it takes part in the search. */
export interface TimedGroup {
  at: number;
  teamIds: string[];
}

/** Requirements that hold from a moment (epoch ms) on. */
export interface TimedRequirements {
  at: number;
  requirements: SkillRequirement[];
}

/** A contact's place in a queue. It outlives offers, so that an unanswered one costs no place. */
export interface QueuePlace {
  queueId: string;
  queueName: string;
  /** The queue that the flow named; overflow and administrators may have moved it since. */
  namedQueueId: string;
  /** The queue's weight against other queues. */
  relativePriority: number;
  priority: number;
  queuedAt: number;
  /** When this queue's agents began to be searched: the waits of its groups count from then. */
  searchedSince: number;
  /** Number of the event that queued it: breaks ties of `queuedAt`. */
  order: number;
  /** Groups in order; the first `groupsJoined` of them take part. */
  groups: TimedGroup[];
  groupsJoined: number;
  selection: "longest-available" | "best-available";
  /** What an agent must be able to do, as relaxed so far. */
  requirements: SkillRequirement[];
  /** Steps still to come, in order of time. */
  relaxation: TimedRequirements[];
  /** Waits for this agent alone. */
  agentId: string | null;
  /** Where the flow goes on when that agent is gone. */
  onUnavailable: string | null;
  /** The flow that queued it, and how many flows waited for that one to return. */
  queuedBy: { flowId: string; version: string; depth: number };
  /** Capacity based teams that did not answer: not tried again. */
  triedTeamIds: string[];
  /** What the contact could expect to wait when it was queued, in milliseconds; null: unknown. */
  estimatedWait: number | null;
  music: string;
  /** The wait is over then (epoch ms): the contact moves on to another queue, or is released. */
  until: number | null;
}

/** A reservation of one agent for one interaction. */
export interface Offer {
  offerId: string;
  agentId: string;
  offeredAt: number;
  expiresAt: number;
  declinable: boolean;
}

/** Someone who is to be called: a caller who kept the place, or one on a list. */
export interface VirtualContact {
  /** One who left a message is heard first: nobody is called when an agent takes it. */
  kind: "callback" | "outbound" | "voicemail";
  number: string;
}

/** When a conversation's next things are due (epoch ms). */
export interface ConversationTimers {
  /** The agent's first reply, or the reply to the contact's last message. */
  responseDue: number | null;
  /** `responseDue` has passed and was recorded. */
  overdue: boolean;
  /** The contact is taken off the agent then. */
  contactIdleAt: number | null;
  /** How often the agent has made that later. */
  extensions: number;
}

/** What a contact was promised (epoch ms); null where nothing was. */
export interface ServiceLevelDue {
  firstResponse: number | null;
  resolution: number | null;
}

/** The A leg of a voice interaction, the last if there were several, as its PoP last told. */
export interface Call {
  /** As its PoP names it: the interaction's id for a call that came in. */
  callId: string;
  popId: string;
  /** The number that was called; null for a call that came in. */
  number: string | null;
  startedAt: number;
  /** How far a call of ours has come; null until its PoP has told. */
  stage: "placed" | "ringing" | "early-media" | null;
  carrierLegId: string;
  answered: boolean;
  ended: boolean;
  /** The cell asked the PoP to hang up; it must report the end by then (epoch ms). */
  hangUpBy: number | null;
}

/** Where an interaction stands inside the cell. */
export type InteractionPhase =
  | "flow"
  | "queued"
  | "offered"
  /** To be called, but not now: it keeps its place. */
  | "postponed"
  /** The contact is being called. */
  | "dialling"
  | "connecting"
  | "connected"
  /** The agent's softphone is gone in the middle of a call; its return is awaited. */
  | "interrupted"
  /** Passed on to a capacity based team's number. */
  | "outside"
  /** The contact fell silent and was taken off its agent; their next message queues it again. */
  | "dormant"
  | "wrap-up"
  | "ending"
  | "ended";

/** One live interaction. Message bodies are not part of it. */
export interface Interaction {
  id: string;
  channel: Channel;
  phase: InteractionPhase;
  entryPointId: string;
  contact: string;
  contactName: string | null;
  address: string;
  assetId: string | null;
  startedAt: number;
  flow: FlowPosition;
  call: Call | null;
  virtual: VirtualContact | null;
  /** What came of calling someone who was to be called; stays when they are reached. */
  callback: CallbackState | null;
  /** The number to show to whom the flow calls; null: as usual. */
  callerId: string | null;
  place: QueuePlace | null;
  offer: Offer | null;
  agentId: string | null;
  agentLegId: string | null;
  /** The capacity based team that has the call. */
  teamId: string | null;
  connectedAt: number | null;
  wrapUpUntil: number | null;
  wrapUpCode: string | null;
  endCause: string | null;
  endedAt: number | null;
  /** Who declined it and when (epoch ms): not offered to them again until their state changed. */
  declined: { agentId: string; at: number }[];
  legs: Leg[];
  /** Recordings that were asked for, in order. */
  recordings: InteractionRecording[];
  /** Ids of the agent's last messages, so that a repeated command sends nothing twice. */
  sentMessages: string[];
  /** Last message either way, for digital interactions (epoch ms). */
  lastMessageAt: number;
  /** A digital interaction untouched until then is closed (epoch ms). */
  idleUntil: number | null;
  timers: ConversationTimers;
  serviceLevel: ServiceLevelDue;
  /** When an agent first spoke or wrote (epoch ms). */
  firstResponseAt: number | null;
  variableLists: VariableLists;
  /** The page that its flow shows the agent. */
  screenPop: { url: string; title: string } | null;
}

/** Voice or digital: what capacity and timers go by. */
export function kindOf(channel: Channel): "voice" | "digital" {
  return channel === "voice" ? "voice" : "digital";
}
