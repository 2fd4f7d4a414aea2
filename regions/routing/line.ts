import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";
import { type MediaKind, mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { requirementsKey } from "../skills/requirements_key.ts";

/** What an agent must be and have to be found: the same for all contacts of one line. */
export interface LineTerms {
  queueId: string;
  /** Teams whose groups have joined the search. */
  teamIds: readonly string[];
  /** The one agent asked for. */
  agentId: string | null;
  requirements: readonly SkillRequirement[];
  selection: "longest-available" | "best-available";
  media: MediaKind;
  /** A call needs a softphone at its PoP, someone who is to be called one anywhere. */
  popId: string | typeof ANYWHERE | null;
}

/** At whichever PoP. */
export const ANYWHERE = "*";

/** The terms on which an interaction waits now. */
export function lineTermsOf(it: Interaction): LineTerms {
  const place = it.place!;
  let teamIds = place.groups[0]?.teamIds ?? [];
  if (place.groupsJoined === 0) teamIds = [];
  else if (place.groupsJoined > 1) {
    teamIds = [...new Set(place.groups.slice(0, place.groupsJoined).flatMap((g) => g.teamIds))];
  }
  return {
    queueId: place.queueId,
    teamIds,
    agentId: place.agentId,
    requirements: place.requirements,
    selection: place.selection,
    media: mediaOf(it.channel),
    popId: it.virtual ? ANYWHERE : it.call?.popId ?? null,
  };
}

/** Contacts with the same key wait in the same line. O(teams + requirements). */
export function lineKeyOf(terms: LineTerms): string {
  const { queueId, agentId, selection, media, popId } = terms;
  const who = agentId === null ? [...terms.teamIds].sort().join(",") : `@${agentId}`;
  const needs = requirementsKey(terms.requirements);
  return `${queueId}|${who}|${selection[0]}|${media}|${popId ?? ""}|${needs}`;
}
