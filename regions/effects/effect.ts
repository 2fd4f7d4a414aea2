import type { AgentEvent } from "../../protocol/agent_session/agent_event.ts";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { MessageTemplate } from "../messages/message_template.ts";
import type { StreamedBot } from "../virtual_agents/streamed_bot.ts";
import type { ServiceRequest } from "../services/service_request.ts";

/** What must happen outside once the events are committed. Receivers drop repeats by its id. */
export type Effect =
  | {
    to: "pop";
    popId: string;
    callId: string;
    commandId: string;
    command: CallCommand;
    /** A stream's bot: what is secret is added as it is delivered. */
    bot?: StreamedBot;
  }
  | { to: "desktop"; edgeId: string; agentId: string; event: DesktopEvent }
  /** Asks a service outside for a flow's step; its answer comes back as a command. */
  | { to: "service"; interactionId: string; step: number; request: ServiceRequest }
  /** Sends a stored message through its channel's provider. */
  | {
    to: "provider";
    assetId: string;
    contact: string;
    interactionId: string;
    messageId: string;
    template?: MessageTemplate;
  };

/** An agent event, or a reference that becomes one when it is delivered, so that no body is kept. */
export type DesktopEvent =
  | AgentEvent
  | { type: "message"; messageId: string }
  | { type: "thread"; interactionId: string };
