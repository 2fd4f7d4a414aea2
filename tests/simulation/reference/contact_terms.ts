import type { SkillRequirement } from "../../../protocol/configuration/skill_requirement.ts";
import { type MediaKind, mediaOf } from "../../../protocol/interaction/media_kind.ts";
import type { Interaction } from "../../../regions/interactions/interaction.ts";

/** On what terms a contact waits, as told by its place and nothing that is derived from it. */
export interface ContactTerms {
  relativePriority: number;
  priority: number;
  queuedAt: number;
  order: number;
  teamIds: ReadonlySet<string>;
  requirements: readonly SkillRequirement[];
  /** The only agent asked for. */
  agentId: string | null;
  selection: "longest-available" | "best-available";
  media: MediaKind;
  /** Where the agent's softphone must be; null for what needs none. */
  popId: string | null;
}

/** The terms of a contact that has a place. */
export function contactTerms(it: Interaction): ContactTerms {
  const place = it.place!;
  return {
    relativePriority: place.relativePriority,
    priority: place.priority,
    queuedAt: place.queuedAt,
    order: place.order,
    teamIds: new Set(place.groups.slice(0, place.groupsJoined).flatMap((group) => group.teamIds)),
    requirements: place.requirements,
    agentId: place.agentId,
    selection: place.selection,
    media: mediaOf(it.channel),
    popId: it.virtual ? "anywhere" : it.call?.popId ?? null,
  };
}
