import type { Kysely } from "kysely";
import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import type { Entity, EntityKind } from "../../protocol/configuration/entity_kinds.ts";
import {
  ENTITY_KINDS,
  LISTED_KINDS,
  SETTINGS_ID,
} from "../../protocol/configuration/entity_kinds.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import { currentKey } from "../secrets/tenant_keys.ts";
import { adaptFlows } from "./adapt_flows.ts";
import { type ConfigurationIndex, indexConfiguration, versionKey } from "./configuration_index.ts";
import type { EntityMaps } from "./entity_maps.ts";

/** A tenant's configuration as its rows have it. */
export interface StoredConfiguration {
  revision: number;
  resolution: StrandResolution | null;
  redirects: Record<string, string>;
  entities: EntityMaps;
  versions: Map<string, number>;
  /** Current version of each flow, by flow id. */
  flowVersions: Map<string, string>;
  /** What sensitive values are sealed with now. */
  sealKey: SealKey | null;
  /** Values of sensitive global variables, sealed, by id. */
  sealedValues: Map<string, string>;
  /** Flow documents by version, older ones included. */
  flows: Map<string, FlowDocument>;
}

/** A tenant's stored configuration, indexed; undefined when none was ever stored. */
export async function loadConfiguration(
  db: Kysely<CellTables>,
  tenantId: string,
): Promise<ConfigurationIndex | undefined> {
  const stored = await loadStored(db, tenantId);
  if (!stored) return undefined;
  const { entities, flowVersions, flows, redirects } = stored;
  const lists = LISTED_KINDS.map((kind) =>
    [ENTITY_KINDS[kind].key, [...entities.get(kind)?.values() ?? []]] as const
  );
  const document = TenantConfiguration.parse({
    ...Object.fromEntries(lists),
    settings: entities.get("settings")?.get(SETTINGS_ID),
  });
  const adapted = adaptFlows(flows, document, redirects);
  return indexConfiguration(document, flowVersions, adapted, stored);
}

/**
 * A tenant's rows, read as of one moment and not looked into; undefined when there are none.
 * Entities come in the order of their ids.
 */
export async function loadStored(
  db: Kysely<CellTables>,
  tenantId: string,
): Promise<StoredConfiguration | undefined> {
  return await db.transaction().setIsolationLevel("repeatable read").execute(async (tx) => {
    const row = await tx.selectFrom("cell.configurations").selectAll()
      .where("tenant_id", "=", tenantId).executeTakeFirst();
    if (!row) return undefined;
    const rows = await tx.selectFrom("cell.entities").select(["kind", "id", "body", "version"])
      .where("tenant_id", "=", tenantId).execute();
    const flows = await tx.selectFrom("cell.flow_versions").select(["version", "document"])
      .where("tenant_id", "=", tenantId).execute();
    const sealed = await tx.selectFrom("cell.entity_secrets").select(["id", "sealed"])
      .where("tenant_id", "=", tenantId).where("kind", "=", "global-variables").execute();
    const sealKey = await currentKey(tx, tenantId) ?? null;
    // Sorted here, so that no collation of the database matters.
    rows.sort((a, b) => a.id < b.id ? -1 : 1);
    const entities = new Map<EntityKind, Map<string, Entity>>();
    for (const { kind, id, body } of rows) {
      const known = entities.get(kind);
      if (known) known.set(id, body);
      else entities.set(kind, new Map([[id, body]]));
    }
    return {
      revision: Number(row.revision),
      resolution: row.resolution,
      redirects: row.redirects,
      entities,
      sealKey,
      sealedValues: new Map(sealed.map((row) => [row.id, row.sealed])),
      versions: new Map(
        rows.map(({ kind, id, version }) => [versionKey(kind, id), Number(version)]),
      ),
      flowVersions: new Map(Object.entries(row.flow_versions)),
      flows: new Map(flows.map((flow) => [flow.version, flow.document])),
    };
  });
}
