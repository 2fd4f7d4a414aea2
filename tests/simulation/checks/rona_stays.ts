import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** An agent who let an offer pass is set to RONA in that decision, and only they leave it. */
export function ronaStays(): Observer {
  const missed = new Map<string, string>();
  return {
    afterEvent({ tenantId }, event) {
      const key = "agentId" in event ? `${tenantId}/${event.agentId}` : "";
      if (event.type === "offer.ended" && event.reason === "timed-out") {
        missed.set(key, event.interactionId);
      }
      if (event.type === "agent.state-changed" && event.state !== "rona") missed.delete(key);
      if (event.type === "agent.disconnected") missed.delete(key);
      if (event.type === "offer.made" && missed.has(key)) {
        throw new Violation("rona-stays", `${event.agentId} is offered more after a missed offer`);
      }
    },
    afterDecision({ tenantId, state }) {
      for (const key of missed.keys()) {
        if (!key.startsWith(tenantId)) continue;
        const agent = state.agents.get(key.slice(tenantId.length + 1));
        if (agent && agent.state !== "rona") {
          throw new Violation("rona-stays", `${agent.id} missed an offer and is ${agent.state}`);
        }
      }
    },
  };
}
