import type { Leg } from "../../protocol/interaction/interaction_record.ts";
import type { Channel } from "../../protocol/ids/names.ts";
import type { FlowPosition } from "../flows/flow_position.ts";

/** A group of teams and the moment (epoch ms) from which it takes part in the search. */
export interface TimedGroup {
  at: number;
  teamIds: string[];
}

/** A contact's place in a queue. It outlives offers, so that an unanswered one costs no place. */
export interface QueuePlace {
  queueId: string;
  queueName: string;
  priority: number;
  queuedAt: number;
  /** Number of the event that queued it: breaks ties of `queuedAt`. */
  order: number;
  /** Groups in order; the first `groupsJoined` of them take part. */
  groups: TimedGroup[];
  groupsJoined: number;
  music: string;
  /** A caller is released then (epoch ms); a digital contact only by its own idle time. */
  until: number | null;
}

/** A reservation of one agent for one interaction. */
export interface Offer {
  offerId: string;
  agentId: string;
  offeredAt: number;
  expiresAt: number;
}

/** The A leg of a voice interaction, as its PoP last told. */
export interface Call {
  popId: string;
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
  | "connecting"
  | "connected"
  /** The agent's softphone is gone in the middle of a call; its return is awaited. */
  | "interrupted"
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
  place: QueuePlace | null;
  offer: Offer | null;
  agentId: string | null;
  agentLegId: string | null;
  connectedAt: number | null;
  wrapUpUntil: number | null;
  wrapUpCode: string | null;
  endCause: string | null;
  endedAt: number | null;
  /** Who declined it and when (epoch ms): not offered to them again until their state changed. */
  declined: { agentId: string; at: number }[];
  legs: Leg[];
  /** Ids of the agent's last messages, so that a repeated command sends nothing twice. */
  sentMessages: string[];
  /** Last message either way, for digital interactions (epoch ms). */
  lastMessageAt: number;
  /** A digital interaction untouched until then is closed (epoch ms). */
  idleUntil: number | null;
}

/** Voice or digital: what capacity and timers go by. */
export function kindOf(channel: Channel): "voice" | "digital" {
  return channel === "voice" ? "voice" : "digital";
}
