import { decideAgentCommand } from "../agents/decide_agent_command.ts";
import { decidePresence } from "../agents/decide_presence.ts";
import { decideSoftphone } from "../agents/decide_softphone.ts";
import { decideCallEvent } from "../calls/decide_call_event.ts";
import { decidePopReported } from "../calls/decide_pop_reported.ts";
import { decideConfigurationChanged } from "../configuration/decide_configuration_changed.ts";
import { decideDeadline } from "../interactions/decide_deadline.ts";
import { decideCallbackRequested } from "../interactions/decide_callback_requested.ts";
import { decideContactListed } from "../interactions/decide_contact_listed.ts";
import { decideReveal } from "../interactions/decide_reveal.ts";
import { decidePrioritise } from "../interactions/decide_prioritise.ts";
import { decideMessageReceived } from "../messages/decide_message_received.ts";
import { answerStep } from "../flows/engine/answer_step.ts";
import { raiseEvents } from "../flows/engine/raise_events.ts";
import { findWork } from "../routing/find_work.ts";
import type { TenantCommand } from "./tenant_command.ts";
import type { TenantState } from "./tenant_state.ts";
import { type DecisionContext, Transition } from "./transition.ts";

/**
 * Decides on one command: applies the events that follow to the state and returns them with the
 * effects and message bodies that go with them. Deterministic in its arguments. When it returns,
 * nobody waits who could be offered to somebody.
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
      decidePopReported(t, command);
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
    case "message-attempt": {
      const { interactionId, messageId, outcome } = command;
      t.emit({ type: `message.${outcome}`, interactionId, messageId });
      break;
    }
    case "message-status": {
      const { type: _, ...status } = command;
      t.emit({ type: "message.status-changed", ...status });
      break;
    }
    case "flow-answered": {
      const it = state.interactions.get(command.interactionId);
      if (it) answerStep(t, it, command.step, { type: "service", answer: command.answer });
      break;
    }
    case "reveal":
      decideReveal(t, command);
      break;
    case "recording-accessed": {
      const { type: _, ...access } = command;
      t.emit({ type: "recording.accessed", ...access });
      break;
    }
    case "prioritise":
      decidePrioritise(t, command);
      break;
    case "callback-requested":
      decideCallbackRequested(t, command);
      break;
    case "contact-listed":
      decideContactListed(t, command);
      break;
    case "configuration-changed":
      decideConfigurationChanged(t, command);
      break;
    case "deadline":
      for (const id of command.interactionIds) {
        const it = state.interactions.get(id);
        if (it) decideDeadline(t, it);
      }
      break;
  }
  findWork(t);
  raiseEvents(t);
  return t;
}
