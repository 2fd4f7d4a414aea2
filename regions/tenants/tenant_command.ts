import type { Role } from "../../protocol/access_token/access_token_claims.ts";
import type { AgentCommand } from "../../protocol/agent_session/agent_command.ts";
import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import type { MessageStatus } from "../../protocol/interaction/message.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";

/** What may be asked of a tenant's machine. Shapes were checked at the wall already. */
export type TenantCommand =
  | { type: "call-event"; popId: string; callId: string; event: CallEvent }
  /** A PoP (re)connected: what stands there now is all that stands there. */
  | {
    type: "pop-reported";
    popId: string;
    /** Calls the cell thought live that are not there. */
    lostCalls: readonly string[];
    /** Agents whose softphones are there. */
    softphones: readonly string[];
  }
  | { type: "softphone"; popId: string; agentId: string; connected: boolean }
  | { type: "presence"; agentId: string; edgeId: string; connected: boolean }
  | { type: "agent"; agentId: string; command: AgentCommand }
  | {
    type: "message-received";
    assetId: string;
    contact: string;
    contactName: string | null;
    /** The platform's id for the message; its body goes to the message table beside the log. */
    messageId: string;
    providerMessageId: string;
    text: string;
    /** When the contact sent it (epoch ms). */
    sentAt: number;
  }
  /** An outgoing message is about to be sent; or was certainly not, after it had been about to. */
  | {
    type: "message-attempt";
    interactionId: string;
    messageId: string;
    outcome: "sending" | "not-sent";
  }
  /** What became of an outgoing message. */
  | {
    type: "message-status";
    interactionId: string;
    messageId: string;
    status: MessageStatus;
    providerMessageId: string | null;
    failure: string | null;
  }
  /** What a service outside answered to a flow's step. */
  | { type: "flow-answered"; interactionId: string; step: number; answer: unknown }
  /** Somebody is about to see a sensitive variable in clear. */
  | {
    type: "reveal";
    interactionId: string;
    variable: string;
    by: string;
    roles: readonly Role[];
  }
  /** A person listened to a recording, or deleted it. */
  | {
    type: "recording-accessed";
    interactionId: string;
    recordingId: string;
    action: "played" | "deleted";
    by: string;
  }
  /** A supervisor gives a waiting contact another priority. */
  | { type: "prioritise"; interactionId: string; priority: number; by: string }
  /** A caller who waits is to be called back and keeps the place. */
  | {
    type: "callback-requested";
    interactionId: string;
    /** E.164. */
    number: string;
    /** How long the place is kept. */
    withinSeconds: number;
  }
  /** Someone is to be called by an agent of an outbound queue. */
  | {
    type: "contact-listed";
    interactionId: string;
    queueId: string;
    /** E.164. */
    number: string;
    contactName: string | null;
    priority: number;
    requirements: SkillRequirement[];
    withinSeconds: number;
  }
  /** The context has a new configuration. */
  | {
    type: "configuration-changed";
    /** Queues whose waiting contacts move to another one. */
    moveTo: Readonly<Record<string, string>>;
    /** Waiting contacts no longer ask for skills that there are not. */
    dropRequirements: boolean;
  }
  /** Deadlines of these interactions have passed. */
  | { type: "deadline"; interactionIds: readonly string[] };
