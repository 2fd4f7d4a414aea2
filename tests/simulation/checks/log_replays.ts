import { evolve } from "../../../regions/tenants/evolve.ts";
import { emptyTenantState } from "../../../regions/tenants/tenant_state.ts";
import { stateText } from "../reference/state_text.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Between full comparisons of a live state with what its log makes. */
const EVERY = 8;

/** What a holder has in memory is what its log replays to. */
export function logReplays(world: Surroundings): Observer {
  let units = 0;
  return {
    afterDecision({ tenantId, state }) {
      units += 1;
      if (units % EVERY > 0) return;
      const { holder } = world.cluster;
      const live = holder?.stateOf(tenantId);
      // Decisions that are not committed yet are ahead of the log, or of another log than came.
      if (!live || live.seq !== state.seq) return;
      if (holder!.uncommitted.size > 0 || holder!.abandoned.has(tenantId)) return;
      if (stateText(live) !== stateText(state)) {
        const where = firstDifference(stateText(live), stateText(state));
        throw new Violation("log-replays", `${tenantId} is not what its log says: ${where}`);
      }
    },
    atEnd() {
      for (const [tenantId, log] of world.log.tenants) {
        const replayed = emptyTenantState();
        for (const { at, event } of log.events) evolve(replayed, event, at);
        if (stateText(replayed) !== stateText(log.state)) {
          throw new Violation("log-replays", `${tenantId}'s log makes two states`);
        }
      }
    },
  };
}

/** Where two texts part, with what stands around it. */
function firstDifference(a: string, b: string): string {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  const around = (text: string) => text.slice(Math.max(0, i - 80), i + 40);
  return `${around(a)} ≠ ${around(b)}`;
}
