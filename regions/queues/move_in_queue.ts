import { isDeepStrictEqual } from "node:util";
import type { QueueConfiguration } from "../../protocol/configuration/queue_configuration.ts";
import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { queueGroups } from "./queue_groups.ts";
import { waitsUntil } from "./place_in_queue.ts";

/** What becomes of a contact who is moved. */
export interface Move {
  /** Which requirements stay. */
  keeps?: (requirement: SkillRequirement) => boolean;
  /** Whether it waits for one agent alone no longer. */
  forAnyone?: boolean;
}

/**
 * Moves a contact with a place to another queue, or to the new terms of its own; it is served as of
 * when it was first queued, and its treatment goes on. Changes nothing if nothing would change.
 */
export function moveInQueue(
  t: Transition,
  it: Interaction,
  queue: QueueConfiguration,
  { keeps = () => true, forAnyone = false }: Move = {},
): void {
  const place = it.place!;
  const stays = place.queueId === queue.id;
  const requirements = place.requirements.filter(keeps);
  const relaxation = place.relaxation
    .map((step) => ({ at: step.at, requirements: step.requirements.filter(keeps) }));
  const terms = {
    queueId: queue.id,
    queueName: queue.name,
    relativePriority: queue.relativePriority,
    selection: queue.selection,
    requirements,
    relaxation,
    agentId: forAnyone ? null : place.agentId,
  };
  const now = Object.fromEntries(
    Object.keys(terms).map((key) => [key, place[key as keyof typeof terms]]),
  );
  const groups = queueGroups(t, queue, stays ? place.searchedSince : t.at, stays ? place : null);
  if (isDeepStrictEqual(terms, now) && isDeepStrictEqual(groups, place.groups)) return;
  t.emit({
    type: "interaction.moved",
    interactionId: it.id,
    ...terms,
    groups,
    until: stays || it.virtual ? place.until : waitsUntil(t, it, queue, terms.agentId),
  });
}
