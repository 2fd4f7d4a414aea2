import { decideAgentCommand } from "../agents/decide_agent_command.ts";
import { decidePresence } from "../agents/decide_presence.ts";
import { decideSoftphone } from "../agents/decide_softphone.ts";
import { decideCallEnded } from "../calls/decide_call_ended.ts";
import { decideCallEvent } from "../calls/decide_call_event.ts";
import { decideDeadline } from "../interactions/decide_deadline.ts";
import { decideMessageReceived } from "../messages/decide_message_received.ts";
import type { TenantCommand } from "./tenant_command.ts";
import type { TenantState } from "./tenant_state.ts";
import { type DecisionContext, Transition } from "./transition.ts";

/**
 * Decides on one command: applies the events that follow to the state and returns them with the
 * effects and message bodies that go with them. Deterministic in its arguments.
 * @throws AntiphonError when the command is refused; the state is then as it was
 */
export function decide(
  state: TenantState,
  command: TenantCommand,
  context: DecisionContext,
): Transition {
  const t = new Transition(state, context);
  switch (command.type) {
    case "call-event":
      decideCallEvent(t, command.popId, command.callId, command.event);
      break;
    case "pop-reported":
      popReported(t, command);
      break;
    case "softphone":
      decideSoftphone(t, command.popId, command.agentId, command.connected);
      break;
    case "presence":
      decidePresence(t, command.agentId, command.edgeId, command.connected);
      break;
    case "agent":
      decideAgentCommand(t, command.agentId, command.command);
      break;
    case "message-received":
      decideMessageReceived(t, command);
      break;
    case "message-status": {
      const { type: _, ...status } = command;
      t.emit({ type: "message.status-changed", ...status });
      break;
    }
    case "deadline":
      for (const id of command.interactionIds) {
        const it = state.interactions.get(id);
        if (it) decideDeadline(t, it);
      }
      break;
  }
  return t;
}

/** What stands at a PoP is all that stands there: the rest was lost with its process. */
function popReported(
  t: Transition,
  command: Extract<TenantCommand, { type: "pop-reported" }>,
): void {
  for (const id of command.lostCalls) {
    const it = t.state.interactions.get(id);
    if (it?.call?.popId === command.popId) decideCallEnded(t, it, "failure", null);
  }
  const present = new Set(command.softphones);
  const known = [...t.state.agents.values()]
    .filter((agent) => agent.softphonePopId === command.popId).map((agent) => agent.id);
  for (const id of known) if (!present.has(id)) decideSoftphone(t, command.popId, id, false);
  for (const id of present) decideSoftphone(t, command.popId, id, true);
}
