import type { QueueConfiguration } from "../../protocol/configuration/queue_configuration.ts";
import type { QueuePlace, TimedGroup } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The groups of a queue with the moments from which they search for a contact, in order. Teams
 * that search for it already go on doing so as long as they exist, whatever the queue says now.
 *
 * @param from When the waits of the groups begin, epoch ms.
 * @param before The contact's place in this queue, if it has one.
 */
export function queueGroups(
  t: Transition,
  queue: QueueConfiguration,
  from: number,
  before: QueuePlace | null,
): TimedGroup[] {
  const groups = queue.distribution
    .map((group) => ({ at: from + group.afterSeconds * 1000, teamIds: [...group.teamIds] }))
    .sort((a, b) => a.at - b.at);
  if (!before) return groups;
  const now = new Set(groups.filter((group) => group.at <= t.at).flatMap((group) => group.teamIds));
  const kept = before.groups.slice(0, before.groupsJoined).flatMap((group) => group.teamIds)
    .filter((id) => !now.has(id) && t.configuration.teams.has(id));
  if (kept.length > 0) groups.unshift({ at: from, teamIds: [...new Set(kept)] });
  return groups;
}
