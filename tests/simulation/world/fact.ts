import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { CallCommand } from "../../../protocol/pop_link/call_command.ts";

/** Something that a part of the world noticed, for checks and for what must sometimes happen. */
export type Fact =
  /** A command reached a PoP. */
  | {
    type: "pop-command";
    tenantId: string;
    callId: string;
    popId: string;
    commandId: string;
    command: CallCommand;
    epoch: number;
    outcome: "carried-out" | "repeat" | "stale-epoch" | "refused";
  }
  /** An event reached an agent's session at the edge. */
  | {
    type: "desktop-delivery";
    tenantId: string;
    agentId: string;
    deliveryId: string;
    epoch: number;
    event: AgentEvent;
    outcome: "taken" | "repeat" | "stale-epoch";
  }
  /** The provider was asked to bring a message to a contact. */
  | { type: "provider-send"; tenantId: string; contact: string; messageId: string; text: string }
  /** The edge stored a contact's message and told the provider so. */
  | { type: "message-acknowledged"; tenantId: string; providerMessageId: string }
  /** The edge stored what became of a message, and told the provider so. */
  | { type: "status-acknowledged"; tenantId: string; messageId: string }
  /** A cell takes in what became of a message; `known` is what was, before. */
  | { type: "status-taken"; tenantId: string; messageId: string; known: string }
  | { type: "command-answered"; tenantId: string; agentId: string; code: string | null }
  /** A PoP calls a number, and has it on the line until they part. */
  | { type: "customer-called" | "customer-left"; tenantId: string; callId: string; number: string }
  | { type: "pop-resent"; popId: string; events: number }
  | { type: "call-told"; tenantId: string; callId: string; event: string }
  /** What a PoP's event came to is durable. */
  | { type: "pop-event-committed"; popId: string; bootId: string; seq: number }
  /** The cell will tell a PoP that all its events so far are durable. */
  | { type: "pop-position"; popId: string; bootId: string; seq: number }
  | { type: "cell-crashed"; epoch: number; committing: "kept" | "lost" | "nothing" }
  | { type: "snapshot-taken"; tenantId: string; seq: number }
  | { type: "cell-started"; epoch: number }
  | { type: "cluster-moved"; epoch: number }
  /** A process noticed that the log is not its own any more. */
  | { type: "place-lost"; epoch: number }
  | {
    type: "commit-refused";
    epoch: number;
    why: "fenced" | "outage" | "refused" | "sequence" | "unknown";
  }
  /** A PoP turned away a process of an older epoch. */
  /** A standby has become active and calls; `while` the PoP still followed another cell. */
  | { type: "pop-called"; popId: string; while: boolean }
  | { type: "welcome-refused"; popId: string; epoch: number }
  | { type: "link-lost"; popId: string }
  | { type: "pop-restarted"; popId: string; calls: number }
  | { type: "reconfigured"; tenantId: string; change: string }
  | { type: "faults-over" };
