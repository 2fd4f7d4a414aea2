import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import { ASSET, NUMBER } from "./tenant_harness.ts";

/** What a {@linkcode randomCommand} is drawn from. */
export interface Draw {
  /** A number from 0 to `below` - 1. */
  pick: (below: number) => number;
  newId: () => string;
  at: () => number;
}

const AGENTS = ["anna", "ben", "cleo"];

/**
 * A command that makes sense, more or less, in a tenant of the example configuration as it stands:
 * callers, contacts, agents and PoPs as they may behave. O(live interactions).
 */
export function randomCommand(state: TenantState, draw: Draw): TenantCommand {
  const { pick, newId } = draw;
  const agentId = AGENTS[pick(AGENTS.length)];
  const agent = state.agents.get(agentId);
  const assigned = agent?.assigned[0];
  const offered = state.interactions.get(agent?.offeredInteractionId ?? "")?.offer;
  const having = state.interactions.get(assigned ?? "");
  const legId = having?.agentLegId;
  const kind = pick(20);
  if (!agent || kind === 0) {
    return { type: "presence", agentId, edgeId: "local", connected: kind !== 0 || pick(4) > 0 };
  }
  if (!agent.softphonePopId || kind === 1) {
    return { type: "softphone", popId: "FRA", agentId, connected: kind !== 1 || pick(4) > 0 };
  }
  if (kind === 2) return ofAgent(agentId, { type: "agent.set-state", state: "available" });
  if (kind === 3) return ofAgent(agentId, { type: "agent.set-state-idle", idleCode: null });
  if (offered && kind < 10) {
    const type = pick(5) > 0 ? "offer.accept" : "offer.decline";
    return ofAgent(agentId, { type, offerId: offered.offerId });
  }
  if (assigned && legId && kind < 12) {
    if (kind < 11) return ofCall(assigned, { type: "leg.joined", legId, agentId, codec: "PCMU" });
    const cause = pick(2) > 0 ? "failure" : "agent-lost";
    return ofCall(assigned, { type: "leg.ended", legId, cause, sipStatus: null, media: null });
  }
  if (assigned && having?.channel === "whatsapp" && kind < 12) {
    const text = "How can I help?";
    const type = "message.send";
    return ofAgent(agentId, { type, interactionId: assigned, messageId: newId(), text });
  }
  if (assigned && kind < 14) {
    return ofAgent(agentId, { type: "interaction.end", interactionId: assigned });
  }
  if (assigned && kind < 15) {
    const type = "interaction.wrap-up";
    return ofAgent(agentId, { type, interactionId: assigned, code: "resolved" });
  }
  if (kind < 18) return ofSomeCall(state, draw);
  return {
    type: "message-received",
    assetId: ASSET,
    contact: `100000${pick(50)}`,
    contactName: "Rosa",
    messageId: newId(),
    providerMessageId: newId(),
    text: "Is anybody there?",
    sentAt: draw.at(),
  };
}

/** A new caller, or what happens next to one who is there. */
function ofSomeCall(state: TenantState, { pick, newId }: Draw): TenantCommand {
  const calls = [...state.interactions.values()].filter((it) => it.call && !it.call.ended);
  const it = calls[pick(calls.length + 1)];
  if (!it && calls.length < 30) {
    return ofCall(newId(), {
      type: "call.offered",
      legId: newId(),
      trunkId: newId(),
      from: "+4930123456",
      to: NUMBER,
      transport: "sip-udp",
    });
  }
  const call = it ?? calls[0];
  if (!call.call!.answered) return ofCall(call.id, { type: "call.answered", codec: "PCMU" });
  if (call.phase === "flow") {
    const commandId = `${call.id}:flow:${call.flow.step}`;
    const digits = String(pick(3));
    return ofCall(call.id, {
      type: "call.collected",
      commandId,
      digits,
      sealed: null,
      outcome: "complete",
    });
  }
  return ofCall(call.id, {
    type: "call.ended",
    cause: "caller-hung-up",
    sipStatus: null,
    media: null,
  });
}

function ofCall(
  callId: string,
  event: Extract<TenantCommand, { type: "call-event" }>["event"],
): TenantCommand {
  return { type: "call-event", popId: "FRA", callId, event };
}

function ofAgent(
  agentId: string,
  command: Extract<TenantCommand, { type: "agent" }>["command"],
): TenantCommand {
  return { type: "agent", agentId, command };
}
