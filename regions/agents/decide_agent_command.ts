import type { AgentCommand } from "../../protocol/agent_session/agent_command.ts";
import { attemptFailed } from "../callbacks/attempt_failed.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { hangUp } from "../calls/hang_up.ts";
import { endWrapUp } from "../interactions/end_wrap_up.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { kindOf } from "../interactions/interaction.ts";
import { extendContactIdle } from "../interactions/extend_contact_idle.ts";
import { setVariable } from "../interactions/set_variable.ts";
import { startWrapUp } from "../interactions/start_wrap_up.ts";
import { queueMessage } from "../messages/queue_message.ts";
import { acceptOffer } from "../offers/accept_offer.ts";
import { declineOffer } from "../offers/decline_offer.ts";
import { giveBackOffer } from "../offers/give_back_offer.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Agent } from "./agent.ts";
import { signOutAgent } from "./sign_out_agent.ts";

/**
 * Decides on what an agent asked for.
 * @throws AntiphonError `state_not_allowed`, `offer_gone` or `unknown_entity`; nothing happened then
 */
export function decideAgentCommand(t: Transition, agentId: string, command: AgentCommand): void {
  const agent = t.state.agents.get(agentId);
  if (!agent || agent.edgeId === null) {
    throw new AntiphonError("state_not_allowed", "Connect the desktop before sending commands");
  }
  switch (command.type) {
    case "agent.set-state":
      if (agent.state !== "available") setState(t, agent, "available", null);
      t.freed.push({ agentId });
      return;
    case "agent.set-state-idle":
      return goIdle(t, agent, command.idleCode);
    case "agent.sign-out":
      return signOutAgent(t, agent);
    case "offer.accept":
      return acceptOffer(t, agent, command.offerId);
    case "offer.decline":
      return declineOffer(t, agent, command.offerId);
    case "interaction.end": {
      const phases = ["connected", "interrupted", "dialling"] as const;
      const it = assigned(t, agent, command.interactionId, phases);
      if (it.phase === "dialling") return attemptFailed(t, it, "agent-hung-up");
      startWrapUp(t, it, "agent-hung-up");
      if (it.call && !it.call.ended) hangUp(t, it, "agent-hung-up");
      return;
    }
    case "interaction.extend-contact-idle":
      return extendContactIdle(t, assigned(t, agent, command.interactionId, ["connected"]));
    case "interaction.set-variable": {
      const it = assigned(t, agent, command.interactionId, ["connected", "interrupted", "wrap-up"]);
      return setVariable(t, it, agent, command.variable, command.value);
    }
    case "interaction.wrap-up": {
      if (!t.configuration.wrapUpCodes.has(command.code)) {
        throw new AntiphonError("unknown_entity", "Choose one of the tenant's wrap-up codes", {
          data: { code: command.code },
        });
      }
      return endWrapUp(t, assigned(t, agent, command.interactionId, ["wrap-up"]), command.code);
    }
    case "message.send": {
      const it = assigned(t, agent, command.interactionId, ["connected"]);
      if (kindOf(it.channel) !== "digital") {
        throw new AntiphonError("state_not_allowed", "A call takes no messages");
      }
      // A repeat of what was sent before a restart: it is on its way already.
      if (it.sentMessages.includes(command.messageId)) return;
      return queueMessage(t, it, { id: command.messageId, author: "agent", text: command.text });
    }
  }
}

function goIdle(t: Transition, agent: Agent, idleCode: string | null): void {
  if (idleCode !== null && !t.configuration.idleCodes.has(idleCode)) {
    throw new AntiphonError("unknown_entity", "Choose one of the tenant's idle codes", {
      data: { idleCode },
    });
  }
  const offered = t.state.interactions.get(agent.offeredInteractionId ?? "");
  setState(t, agent, "idle", idleCode);
  if (offered?.offer) {
    giveBackOffer(t, offered, offered.offer.declinable ? "declined" : "withdrawn");
  }
}

function setState(
  t: Transition,
  agent: Agent,
  state: "idle" | "available",
  idleCode: string | null,
): void {
  t.emit({ type: "agent.state-changed", agentId: agent.id, state, idleCode });
}

function assigned(
  t: Transition,
  agent: Agent,
  interactionId: string,
  phases: readonly Interaction["phase"][],
): Interaction {
  const it = t.state.interactions.get(interactionId);
  if (!it || it.agentId !== agent.id) {
    throw new AntiphonError("unknown_entity", "This interaction is not yours any more", {
      data: { interactionId },
    });
  }
  if (!phases.includes(it.phase)) {
    throw new AntiphonError("state_not_allowed", `The interaction is in ${it.phase}`, {
      data: { interactionId, phase: it.phase },
    });
  }
  return it;
}
