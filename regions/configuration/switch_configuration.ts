import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { configurationChanged } from "./configuration_changed.ts";
import type { ConfigurationIndex } from "./configuration_index.ts";
import { forgetResolution } from "./forget_resolution.ts";

/**
 * Lets a tenant's machine decide by another configuration from now on, and first of all on what
 * the change means for whom it has. When the runner's state is loaded, configuration and state
 * change in this very turn of the event loop: no decision comes in between.
 * @throws AntiphonError `database_unavailable`: the machine then begins with the change once its
 * log can be read again
 */
export async function switchConfiguration(
  db: Kysely<CellTables>,
  runner: TenantRunner,
  configuration: ConfigurationIndex,
): Promise<void> {
  const { resolution, revision } = configuration.stored;
  runner.configuration = configuration;
  await runner.submit(configurationChanged(configuration));
  if (resolution) await forgetResolution(db, runner.ports.tenantId, revision);
}
