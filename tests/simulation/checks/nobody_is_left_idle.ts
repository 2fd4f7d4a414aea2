import { Declines } from "../reference/declines.ts";
import { mayNotTake } from "../reference/may_take.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** After a decision nobody waits whom an agent who is there could take. */
export function nobodyIsLeftIdle(): Observer {
  const declines = new Declines();
  return {
    beforeEvent: (view, event) => declines.see(view, event),
    afterDecision(view) {
      const { state } = view;
      const agents = [...state.agents.values()].filter((agent) => agent.state === "available");
      if (agents.length === 0) return;
      for (const it of state.interactions.values()) {
        if (it.phase !== "queued") continue;
        for (const agent of agents) {
          if (mayNotTake(view, declines, agent, it)) continue;
          throw new Violation(
            "nobody-is-left-idle",
            `${it.id} waits while ${agent.id} may take it`,
          );
        }
      }
    },
  };
}
