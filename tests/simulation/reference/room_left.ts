import type { MediaCapacity } from "../../../protocol/configuration/multimedia_profile.ts";
import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { type MediaKind, mediaOf } from "../../../protocol/interaction/media_kind.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";

/** The profile that counts for an agent: their own, the first team's that has one, site, tenant. */
export function profileOf(document: TenantConfiguration, agentId: string): MediaCapacity {
  const find = (id: string | undefined) =>
    document.multimediaProfiles.find((profile) => profile.id === id);
  const agent = document.agents.find((candidate) => candidate.id === agentId);
  const teams = (agent?.teamIds ?? []).flatMap((id) =>
    document.teams.filter((team) => team.id === id)
  );
  const site = document.sites.find((candidate) => candidate.id === teams[0]?.siteId);
  return find(agent?.multimediaProfileId) ??
    teams.map((team) => find(team.multimediaProfileId)).find((profile) => profile) ??
    find(site?.multimediaProfileId) ?? document.settings.capacity;
}

/** Media of the contacts that an agent has, wraps up or is being offered: counted one by one. */
export function mediaAt(state: TenantState, agentId: string): MediaKind[] {
  return [...state.interactions.values()]
    .filter((it) => (it.agentId ?? it.offer?.agentId) === agentId && it.phase !== "ending")
    .map((it) => mediaOf(it.channel));
}

/** Whether one more contact of a medium fits beside those an agent has. */
export function roomLeft(
  profile: MediaCapacity,
  has: readonly MediaKind[],
  media: MediaKind,
): boolean {
  const count = (kind: MediaKind) => has.filter((other) => other === kind).length;
  if (count(media) + 1 > profile[media]) return false;
  if (profile.blending === "exclusive") return has.length === 0;
  if (profile.blending === "voice-first") return count("voice") === 0;
  if (profile.blending === "blended-real-time") {
    if (media === "voice") return count("chat") === 0;
    if (media === "chat") return count("voice") === 0;
  }
  return true;
}
