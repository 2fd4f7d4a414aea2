import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { splitSecrets } from "./split_secrets.ts";
import { withoutDefaults } from "./without_defaults.ts";

/**
 * A document as it is kept in a repository: kinds in a fixed order, entities by id, members in the
 * order of their schema, defaults, secrets and what the platform noted left out. Equal
 * configurations give equal text.
 *
 * @param document Its lists are in order of ids.
 */
export function exportConfiguration(
  document: TenantConfiguration,
): Readonly<Record<string, unknown>> {
  const { open } = splitSecrets(document);
  return withoutDefaults(TenantConfiguration, {
    ...open,
    connectors: open.connectors.map(({ authorisedBy: _, authorisedAt: __, ...rest }) => rest),
  }) as Record<string, unknown>;
}
