import type { Kysely } from "kysely";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { CellTables } from "../../database/cell_tables.ts";
import type { TenantState } from "../tenant_state.ts";
import { decodeState } from "./decode_state.ts";
import { hashFacts } from "./hash_state.ts";
import { SNAPSHOT_UPCASTERS, type StoredFacts } from "./snapshot_version.ts";

/** Which snapshot is wanted. */
export interface SnapshotChoice {
  /** Number of its last event at most. */
  until?: number;
  /** Only one that a replay has confirmed. */
  verified?: boolean;
}

/**
 * The state of a tenant's newest snapshot whose facts fit their hash and that no replay has
 * contradicted; null when there is none. A broken one is passed over with a warning.
 */
export async function loadSnapshot(
  db: Kysely<CellTables>,
  tenantId: string,
  log: Logger,
  { until = Number.MAX_SAFE_INTEGER, verified = false }: SnapshotChoice = {},
): Promise<TenantState | null> {
  for (let below = until + 1;;) {
    const row = await db.selectFrom("cell.snapshots").select(["seq", "version", "facts", "hash"])
      .where("tenant_id", "=", tenantId).where("seq", "<", String(below))
      .where("verdict", "in", verified ? ["verified"] : ["verified", "unverified"])
      .orderBy("seq", "desc").limit(1).executeTakeFirst();
    if (!row) return null;
    const seq = Number(row.seq);
    try {
      const facts = row.facts as StoredFacts;
      if (hashFacts(seq, facts) !== row.hash) throw new Error("Its content does not fit its hash");
      return decodeState(seq, upcast(row.version, facts));
    } catch (error) {
      log.warn("snapshot.broken", { tenantId, seq, error });
    }
    below = seq;
  }
}

function upcast(version: number, facts: StoredFacts): StoredFacts {
  if (version > SNAPSHOT_UPCASTERS.length + 1) {
    throw new Error(`It is of version ${version}, which a later program wrote`);
  }
  return SNAPSHOT_UPCASTERS.slice(version - 1).reduce((known, step) => step(known), facts);
}
