import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import type { TenantView } from "../checks/decision_observer.ts";

/** Who has declined what since they last became available, by the log alone. */
export class Declines {
  readonly #declined = new Map<string, Set<string>>();

  /** To be shown every event, before it is applied. */
  see({ tenantId, state }: TenantView, event: TenantEvent): void {
    if (event.type === "offer.ended" && event.reason === "declined") {
      const key = `${tenantId}/${event.agentId}`;
      const declined = this.#declined.get(key) ?? new Set();
      this.#declined.set(key, declined.add(event.interactionId));
    }
    if (event.type === "agent.state-changed" && event.state === "available") {
      if (state.agents.get(event.agentId)?.state === "available") return;
      this.#declined.delete(`${tenantId}/${event.agentId}`);
    }
  }

  has(tenantId: string, agentId: string, interactionId: string): boolean {
    return this.#declined.get(`${tenantId}/${agentId}`)?.has(interactionId) ?? false;
  }
}
