import type { Kysely } from "kysely";
import type { Entity, EntityKind } from "../../../protocol/configuration/entity_kinds.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../../database/cell_tables.ts";

/** How long an answer is kept for repeats, in milliseconds. */
const KEPT_MS = 24 * 3600_000;

/** An idempotency key that an entity is made with. */
export interface EntityKey {
  key: string;
  /** Of what was sent. */
  fingerprint: string;
  kind: EntityKind;
  id: string;
}

/** An entity that was made with an idempotency key. */
export interface KeyedEntity extends EntityKey {
  /** As it is shown. */
  body: Entity;
}

/**
 * Keeps what was made with a key, and forgets what is older than a day.
 * @throws AntiphonError `idempotency_key_reused` when something else was made with it meanwhile
 */
export async function keepKey(
  db: Kysely<CellTables>,
  tenantId: string,
  version: number,
  entity: KeyedEntity,
  at: number,
): Promise<void> {
  await db.deleteFrom("cell.entity_keys").where("tenant_id", "=", tenantId)
    .where("at", "<=", String(at - KEPT_MS)).execute();
  const kept = await db.insertInto("cell.entity_keys")
    .values({ tenant_id: tenantId, version, at, ...entity })
    .onConflict((c) => c.doNothing()).returning("key").execute();
  if (kept.length === 0) throw reused();
}

/**
 * What was made with a key in the last day.
 * @throws AntiphonError `idempotency_key_reused` when something else was sent with it
 */
export async function findKey(
  db: Kysely<CellTables>,
  tenantId: string,
  { key, fingerprint }: { key: string; fingerprint: string },
  now: number,
): Promise<{ entity: Entity; version: number } | undefined> {
  const row = await db.selectFrom("cell.entity_keys").select(["fingerprint", "body", "version"])
    .where("tenant_id", "=", tenantId).where("key", "=", key)
    .where("at", ">", String(now - KEPT_MS)).executeTakeFirst();
  if (!row) return undefined;
  if (row.fingerprint === fingerprint) return { entity: row.body, version: Number(row.version) };
  throw reused();
}

function reused(): AntiphonError {
  return new AntiphonError(
    "idempotency_key_reused",
    "This Idempotency-Key was used for another request: choose a new one",
  );
}
