import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import { agentView } from "../agents/agent_view.ts";
import { assignmentView } from "../interactions/assignment_view.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { kindOf } from "../interactions/interaction.ts";
import { offerView } from "../offers/offer_view.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import type { DesktopEvent, Effect } from "./effect.ts";

/**
 * What one event, just applied, asks of the world. Pure; O(1).
 *
 * @param state The state right after the event.
 */
export function effectsOf(state: TenantState, event: TenantEvent): Effect[] {
  if (!("interactionId" in event)) {
    switch (event.type) {
      case "agent.configured":
      case "agent.state-changed":
      case "agent.softphone-changed": {
        const agent = state.agents.get(event.agentId);
        return agent
          ? desktop(state, agent.id, { type: "agent.changed", agent: agentView(agent) })
          : [];
      }
      case "agent.disconnected":
        return signedOut(state, event.agentId, event.edgeId);
      case "call.refused":
        return [{
          to: "pop",
          popId: event.popId,
          callId: event.callId,
          commandId: `${event.callId}:refuse`,
          command: { type: "hang-up", cause: "rejected", sipStatus: event.sipStatus },
        }];
      default:
        return [];
    }
  }
  if (event.type === "interaction.ended") {
    return event.agentId ? removed(state, event.agentId, event.interactionId) : [];
  }
  const it = state.interactions.get(event.interactionId);
  return it ? ofInteraction(state, it, event) : [];
}

function ofInteraction(state: TenantState, it: Interaction, event: TenantEvent): Effect[] {
  const pop = (command: CallCommand, name = String(state.seq)): Effect[] =>
    it.call
      ? [{
        to: "pop",
        popId: it.call.popId,
        callId: it.call.callId,
        commandId: `${it.id}:${name}`,
        command,
      }]
      : [];
  const music = () =>
    it.place ? pop({ type: "play", items: library(it.place.music), loop: true }) : [];
  const assignment = () =>
    it.agentId
      ? desktop(state, it.agentId, { type: "assignment.changed", assignment: assignmentView(it) })
      : [];

  switch (event.type) {
    case "interaction.started":
      return event.call?.answer ? pop({ type: "answer" }) : [];
    case "interaction.queued":
      return music();
    case "recording.requested":
      // A message's command names its step, and comes with it.
      return event.kind === "call"
        ? pop({ type: "record", action: event.action, recordingId: event.recordingId })
        : [];
    case "screen.popped":
      return assignment();
    case "flow.ended":
      if (event.thread !== 0) return [];
      // Who waits on without a treatment hears the music again.
      return it.phase === "queued" ? music() : [];
    case "interaction.requeued":
      if (!event.agentId && !event.failedTeamId) return [];
      return [
        ...(event.agentId ? removed(state, event.agentId, it.id) : []),
        ...(event.legId
          ? pop(
            { type: "leave", legId: event.legId, cause: "platform-hung-up" },
            `leave:${event.legId}`,
          )
          : []),
        ...music(),
      ];
    case "interaction.dialled":
      return [
        ...pop({
          type: "originate",
          legId: event.legId,
          number: event.number,
          callerId: event.callerId,
          ringSeconds: event.ringSeconds,
          notAfter: event.notAfter,
        }, `originate:${event.callId}`),
        ...(event.agentLegId
          ? pop({ type: "join", legId: event.agentLegId, agentId: event.agentId })
          : []),
        ...assignment(),
      ];
    case "call.progressed":
      return [];
    case "interaction.attempt-failed":
      return [
        ...(event.agentId ? removed(state, event.agentId, it.id) : []),
        ...(event.withdrawn
          ? pop(
            { type: "hang-up", cause: event.cause, sipStatus: null },
            `withdraw:${event.callId}`,
          )
          : []),
      ];
    case "interaction.reached":
      return [
        ...(event.agentId ? removed(state, event.agentId, it.id) : []),
        ...(event.legId
          ? pop(
            { type: "leave", legId: event.legId, cause: "platform-hung-up" },
            `leave:${event.legId}`,
          )
          : []),
        ...(event.prompt !== null
          ? pop({ type: "play", items: library(event.prompt), loop: false }, "greeting")
          : music()),
      ];
    case "interaction.greeted":
      return music();
    case "interaction.transferring":
      return [
        ...pop({ type: "play", items: library(event.prompt), loop: true }),
        ...pop({
          type: "dial",
          legId: event.legId,
          number: event.number,
          callerId: event.callerId,
          ringSeconds: event.ringSeconds,
        }, `dial:${event.legId}`),
      ];
    case "interaction.transfer-given-up":
      return pop(
        { type: "leave", legId: event.legId, cause: "no-answer" },
        `leave:${event.legId}`,
      );
    case "call.release-requested":
      return pop({ type: "hang-up", cause: event.cause, sipStatus: null });
    case "interaction.made-virtual":
      if (!event.hangsUp) return [];
      return pop({ type: "hang-up", cause: "platform-hung-up", sipStatus: null });
    case "interaction.passed-outside":
      return [
        ...(it.flow.interrupted ? music() : []),
        ...pop({
          type: "dial",
          legId: event.legId,
          number: event.number,
          callerId: it.callerId,
          ringSeconds: event.ringSeconds,
        }, `dial:${event.legId}`),
      ];
    case "interaction.moved":
      // The desktop of whoever is offered it, or has it, shows the queue.
      return it.offer
        ? desktop(state, it.offer.agentId, { type: "offer.made", offer: offerView(it) })
        : assignment();
    case "interaction.unassigned":
      return removed(state, event.agentId, it.id);
    case "offer.made":
      return [
        ...(it.flow.interrupted ? music() : []),
        ...desktop(state, event.agentId, { type: "offer.made", offer: offerView(it) }),
      ];
    case "offer.ended":
      return desktop(state, event.agentId, {
        type: "offer.ended",
        offerId: event.offerId,
        interactionId: it.id,
        reason: event.reason,
      });
    case "interaction.connecting":
      return [
        ...pop({ type: "join", legId: event.legId, agentId: event.agentId }),
        ...assignment(),
      ];
    case "interaction.connected":
      // A call has a thread if it was with a bot.
      return kindOf(it.channel) === "digital" || it.sentMessages.length > 0
        ? [
          ...assignment(),
          ...desktop(state, event.agentId, { type: "thread", interactionId: it.id }),
        ]
        : assignment();
    case "interaction.interrupted":
      return [...music(), ...assignment()];
    case "wrap-up.started":
    case "response.overdue":
    case "contact-idle.extended":
      return assignment();
    case "flow.variable-set":
      return event.agentId ? assignment() : [];
    case "wrap-up.ended":
      return removed(state, event.agentId, it.id);
    case "call.hang-up-requested":
      return pop({ type: "hang-up", cause: event.cause, sipStatus: event.sipStatus });
    case "transcript.kept":
    case "message.status-changed":
      return message(state, it, event.messageId);
    case "message.received":
      return [...message(state, it, event.messageId), ...assignment()];
    case "message.queued":
      return [
        {
          to: "provider",
          assetId: it.assetId!,
          contact: it.contact,
          interactionId: it.id,
          messageId: event.messageId,
        },
        ...message(state, it, event.messageId),
        ...(event.author === "agent" ? assignment() : []),
      ];
    default:
      return [];
  }
}

/** A desktop that is still there learns that its agent is signed out. */
function signedOut(state: TenantState, agentId: string, edgeId: string | null): Effect[] {
  const agent = state.agents.get(agentId);
  if (!agent || !edgeId) return [];
  return [{
    to: "desktop",
    edgeId,
    agentId,
    event: { type: "agent.changed", agent: agentView(agent) },
  }];
}

/** A sound of the PoP's own library. */
function library(name: string): PromptItem[] {
  return [{ type: "library", name }];
}

function message(state: TenantState, it: Interaction, messageId: string): Effect[] {
  return it.agentId ? desktop(state, it.agentId, { type: "message", messageId }) : [];
}

function removed(state: TenantState, agentId: string, interactionId: string): Effect[] {
  return desktop(state, agentId, { type: "assignment.removed", interactionId });
}

function desktop(state: TenantState, agentId: string, event: DesktopEvent): Effect[] {
  const edgeId = state.agents.get(agentId)?.edgeId;
  return edgeId ? [{ to: "desktop", edgeId, agentId, event }] : [];
}
