import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger, type Logger } from "../../protocol/telemetry/logger.ts";
import { indexConfiguration } from "../configuration/configuration_index.ts";
import { diffEntities } from "../configuration/diff_entities.ts";
import { entityMaps } from "../configuration/entity_maps.ts";
import { nextConfiguration } from "../configuration/next_configuration.ts";
import { writeConfiguration } from "../configuration/write_configuration.ts";
import type { CellDatabase } from "../database/open_cell_database.ts";
import type { CommitUnit, StoredEffect } from "../log/commit_unit.ts";
import { DurableCommitter } from "../log/durable_committer.ts";
import { GroupCommitter } from "../log/group_committer.ts";
import { writeUnits } from "../log/write_units.ts";
import { TenantRegistry } from "../tenants/tenant_registry.ts";
import { EXAMPLE } from "./tenant_harness.ts";

/** How {@linkcode tenantsOn} differs from a cell. */
export interface TenantsOnOptions {
  snapshotEvery?: number;
  now?: () => number;
  log?: Logger;
  /** Called with every unit once it is durable. */
  committed?: (unit: CommitUnit) => void;
  /** Called with committed effects; they count as delivered when it resolves. */
  deliver?: (effects: readonly StoredEffect[]) => Promise<void>;
}

/** A cell's tenants, committer and log on a database, with nobody outside. */
export function tenantsOn(database: CellDatabase, options: TenantsOnOptions = {}) {
  const { db, background, writers, owner, epoch } = database;
  const lines: string[] = [];
  const log = options.log ?? createLogger({ service: "test", write: (line) => lines.push(line) });
  const counters = new Counters();
  const lost = Promise.withResolvers<unknown>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const now = options.now ?? Date.now;
  const committerOf = (sql: typeof writers.region) =>
    new GroupCommitter(
      (units, delivered) => writeUnits(sql, owner, units, delivered),
      lost.resolve,
    );
  const committer = new DurableCommitter({
    committers: { region: committerOf(writers.region), zone: committerOf(writers.zone) },
    durabilityOf: () => "region",
  });
  const deliver = async (effects: readonly StoredEffect[]) => {
    await options.deliver?.(effects);
    committer.delivered(effects.map((stored) => stored.id));
  };
  const registry = new TenantRegistry({
    db,
    background,
    epoch,
    clusterId: "E39",
    now,
    newId: uuidV7(),
    log,
    counters,
    snapshotEvery: options.snapshotEvery ?? 5_000,
    commit: (unit, failed) => {
      const committing = committer.commit(unit, failed);
      if (!options.committed) return committing;
      return committing.then(() => options.committed!(unit));
    },
    deliver: (_, effects) => void deliver(effects),
    recover: async (tenantId) => {
      const rows = await db.selectFrom("cell.effects").select(["id", "body"])
        .where("tenant_id", "=", tenantId).orderBy("position").execute();
      if (rows.length > 0) void deliver(rows.map((row) => ({ id: row.id, effect: row.body })));
    },
    timer: (ms, run) => {
      const id = setTimeout(() => (timers.delete(id), run()), ms);
      timers.add(id);
      return () => (timers.delete(id), clearTimeout(id));
    },
    failed: (tenantId, error) => log.error("tenant.deadlines-failed", { tenantId, error }),
    lost: lost.resolve,
    recovered: () => {},
  });
  return {
    registry,
    committer,
    counters,
    lost: lost.promise,
    /** Names of the events that were logged. */
    logged: () => lines.map((line) => JSON.parse(line).event as string),
    /** Stores a configuration, else the example's, for a tenant that has none. */
    configure: async (tenantId: string, document = EXAMPLE): Promise<void> => {
      const changes = diffEntities(new Map(), entityMaps(document));
      const none = indexConfiguration(document, new Map(), new Map());
      const { index, newFlows } = nextConfiguration(none, document, changes, null);
      const { flowVersions } = index;
      const secrets = {
        agentIds: [],
        credentials: [],
        assetIds: [],
        assetSecrets: [],
        entities: [],
        entitySecrets: [],
        signedOut: [],
      };
      const marks = { resolution: null, redirects: {} };
      await writeConfiguration(db, {
        ...{ by: "test", comment: "" },
        ...{ tenantId, base: 0, changes, secrets, flowVersions, newFlows, ...marks, at: now() },
        ...{ by: "test", comment: "" },
      });
    },
    /** Ends like a cell does: everything committed, last snapshots taken. */
    close: async (): Promise<void> => {
      registry.close();
      await committer.idle();
      await registry.saveSnapshots();
      await committer.idle();
      for (const id of timers) clearTimeout(id);
    },
  };
}
