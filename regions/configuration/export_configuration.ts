import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { withoutDefaults } from "./without_defaults.ts";

/**
 * A document as it is kept in a repository: kinds in a fixed order, entities by id, members in the
 * order of their schema, defaults and secrets left out. Equal configurations give equal text.
 *
 * @param document Its lists are in order of ids.
 */
export function exportConfiguration(
  document: TenantConfiguration,
): Readonly<Record<string, unknown>> {
  const { agents, assetSenders, virtualAgents } = document;
  return withoutDefaults(TenantConfiguration, {
    ...document,
    agents: agents.map(({ password: _, ...agent }) => agent),
    assetSenders: assetSenders.map(({ accessToken: _, ...sender }) => sender),
    virtualAgents: virtualAgents.map(({ secret: _, ...agent }) => agent),
  }) as Record<string, unknown>;
}
