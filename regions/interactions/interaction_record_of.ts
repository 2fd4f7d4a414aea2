import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import { placeInLine } from "../routing/waiting_line.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import type { Interaction, InteractionPhase } from "./interaction.ts";

const STATES: Record<InteractionPhase, InteractionRecord["state"]> = {
  flow: "flow",
  queued: "queued",
  offered: "offered",
  connecting: "connected",
  connected: "connected",
  interrupted: "connected",
  "wrap-up": "wrap-up",
  ending: "wrap-up",
  ended: "ended",
};

/** The public record of an interaction. O(log n) in its queue's length. */
export function interactionRecordOf(
  state: TenantState,
  it: Interaction,
  cell: { tenantId: string; clusterId: string; epoch: number },
): InteractionRecord {
  return {
    id: it.id,
    ...cell,
    channel: it.channel,
    state: STATES[it.phase],
    entryPointId: it.entryPointId,
    contact: it.contact,
    address: it.address,
    startedAt: it.startedAt,
    queueId: it.place?.queueId ?? null,
    queuedAt: it.place?.queuedAt ?? null,
    queuePosition: placeInLine(state, it),
    agentId: it.agentId,
    connectedAt: it.connectedAt,
    endedAt: it.endedAt,
    endCause: it.endCause,
    wrapUpCode: it.wrapUpCode,
    variables: it.flow.variables,
    legs: it.legs.map((leg) => ({ ...leg })),
  };
}
