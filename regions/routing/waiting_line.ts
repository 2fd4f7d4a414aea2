import type { Interaction, QueuePlace } from "../interactions/interaction.ts";
import type { TenantState } from "../tenants/tenant_state.ts";

/**
 * Order of service within a queue: higher priority first, then longest waiting, then the one that
 * was queued by the earlier event. Negative when `a` is served before `b`.
 */
export function compareByService(a: QueuePlace, b: QueuePlace): number {
  return b.priority - a.priority || a.queuedAt - b.queuedAt || a.order - b.order;
}

/** Puts an interaction into its queue's line at its place. O(log n) to find it. */
export function enterLine(state: TenantState, interaction: Interaction): void {
  const place = interaction.place!;
  const line = state.waiting.get(place.queueId) ?? [];
  if (line.length === 0) state.waiting.set(place.queueId, line);
  const index = positionOf(state, line, place);
  if (line[index] !== interaction.id) line.splice(index, 0, interaction.id);
}

/** Takes an interaction out of its queue's line, if it stands there. O(log n) to find it. */
export function leaveLine(state: TenantState, interaction: Interaction): void {
  const place = interaction.place;
  const line = place && state.waiting.get(place.queueId);
  if (!line) return;
  const index = positionOf(state, line, place);
  if (line[index] !== interaction.id) return;
  line.splice(index, 1);
  if (line.length === 0) state.waiting.delete(place.queueId);
}

/** 1 for the one served next; null when it does not stand in line. O(log n). */
export function placeInLine(state: TenantState, interaction: Interaction): number | null {
  const place = interaction.place;
  const line = place && state.waiting.get(place.queueId);
  if (!line) return null;
  const index = positionOf(state, line, place);
  return line[index] === interaction.id ? index + 1 : null;
}

/** First index whose place is not served before `place`. */
function positionOf(state: TenantState, line: string[], place: QueuePlace): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = state.interactions.get(line[middle])!.place!;
    if (compareByService(other, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
