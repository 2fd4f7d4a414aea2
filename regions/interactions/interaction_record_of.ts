import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import type { Interaction, InteractionPhase } from "./interaction.ts";

const STATES: Record<InteractionPhase, InteractionRecord["state"]> = {
  flow: "flow",
  queued: "queued",
  offered: "offered",
  postponed: "queued",
  dialling: "dialling",
  connecting: "connected",
  connected: "connected",
  interrupted: "connected",
  outside: "connected",
  dormant: "dormant",
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
    queuePosition: state.routing.positionOf(it),
    agentId: it.agentId,
    teamId: it.teamId,
    connectedAt: it.connectedAt,
    endedAt: it.endedAt,
    endCause: it.endCause,
    wrapUpCode: it.wrapUpCode,
    serviceLevel: {
      firstResponseDue: it.serviceLevel.firstResponse,
      firstResponseAt: it.firstResponseAt,
      resolutionDue: it.serviceLevel.resolution,
    },
    variables: Object.fromEntries(
      Object.entries(it.flow.variables)
        .filter(([name]) => !it.variableLists.sensitive.includes(name)),
    ),
    legs: it.legs.map((leg) => ({ ...leg })),
    recordings: it.recordings.map((recording) => ({ ...recording })),
  };
}
