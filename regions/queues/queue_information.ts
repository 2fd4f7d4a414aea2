import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { queueStateOf } from "./queue_state_of.ts";

/**
 * What a flow may tell a contact of a queue, as variables: the contact's position (that of a new
 * one, if it does not wait there), the estimated wait in whole seconds (empty when unknown), and
 * the agents of its teams. O(log n + agents of the queue's teams).
 */
export function queueInformation(
  t: Transition,
  it: Interaction,
  queueId: string,
): [variable: string, value: string][] {
  const queue = t.configuration.queues.get(queueId);
  if (!queue) return [];
  const state = queueStateOf(t.state, queue, mediaOf(it.channel));
  const waits = it.place?.queueId === queueId;
  const position = waits ? t.state.routing.positionOf(it) : null;
  const wait = position === null || state.estimatedWait === null
    ? state.estimatedWait
    : Math.round(state.estimatedWait / (state.waiting + 1) * position);
  return [
    ["queuePosition", String(position ?? state.waiting + 1)],
    ["estimatedWaitSeconds", wait === null ? "" : String(Math.round(wait / 1000))],
    ["agentsAvailable", String(state.agentsAvailable)],
    ["agentsSignedIn", String(state.agentsSignedIn)],
  ];
}
