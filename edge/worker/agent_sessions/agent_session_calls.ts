import type { AgentEventDelivery } from "../../../protocol/agent_session/agent_event.ts";

/** An events delivery, and the cluster that sends it. */
export interface SessionPush {
  clusterId: string;
  epoch: number;
  events: AgentEventDelivery["events"];
}

/** What an agent's session object answers to the worker. */
export interface AgentSessionCalls {
  /** Takes events from the tenant's cluster. Stored when it returns. */
  push(push: SessionPush): Promise<"taken" | "stale_epoch">;
}

/** The name of an agent's session object. */
export function sessionName(tenantId: string, agentId: string): string {
  return `${tenantId}/${agentId}`;
}

/** The opposite of {@linkcode sessionName}. */
export function parseSessionName(name: string): { tenantId: string; agentId: string } {
  const slash = name.indexOf("/");
  return { tenantId: name.slice(0, slash), agentId: name.slice(slash + 1) };
}
