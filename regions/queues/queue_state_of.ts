import type { QueueConfiguration } from "../../protocol/configuration/queue_configuration.ts";
import type { MediaKind } from "../../protocol/interaction/media_kind.ts";
import type { QueueState } from "../../protocol/interaction/queue_state.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import { estimateWait } from "./estimate_wait.ts";

/**
 * A queue as it stands now, for one more contact who would come last. O(log n + agents of the
 * queue's teams).
 */
export function queueStateOf(
  state: TenantState,
  queue: QueueConfiguration,
  media: MediaKind = queue.kind === "voice" ? "voice" : "social",
): QueueState {
  const line = state.routing.waitingIn(queue.id);
  const teams = new Set(queue.distribution.flatMap((group) => group.teamIds));
  const { signedIn, available } = state.routing.agentsIn(teams, media);
  const pace = state.paces.get(queue.id);
  let longestSince: number | null = null;
  for (const it of line) {
    longestSince = it.place!.queuedAt;
    break;
  }
  return {
    id: queue.id,
    name: queue.name,
    waiting: line.size,
    longestSince,
    agentsSignedIn: signedIn,
    agentsAvailable: available,
    estimatedWait: available > 0 && line.size === 0 ? 0 : estimateWait(pace, line.size),
    estimateError: pace && pace.judged > 0 ? Math.round(pace.meanError) : null,
    estimateBias: pace && pace.judged > 0 ? Math.round(pace.bias) : null,
  };
}
