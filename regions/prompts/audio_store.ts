import { type Kysely, sql } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";

/** Where a cluster keeps what its tenants upload: µ-law code words by their SHA-256. */
export interface AudioStore {
  /**
   * Keeps code words; keeping them again changes nothing.
   * @throws AntiphonError `payload_too_large` when the tenant has too much
   */
  put(tenantId: string, hash: string, codes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Null when there are none under the hash. @throws AntiphonError `sealed_unreadable` */
  get(tenantId: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null>;
  has(tenantId: string, hash: string): Promise<boolean>;
}

/** Audio of one tenant at most, in bytes: about nine hours. */
export const TENANT_AUDIO_BYTES = 256 << 20;

/**
 * An audio store in the cluster's database, so that it is wherever the cluster is. Audio is sealed
 * for its tenant and hash.
 *
 * @param most Bytes that a tenant may have.
 */
export function audioStore(
  db: Kysely<CellTables>,
  sealer: Pick<Sealer, "sealBytes" | "openBytes">,
  now: () => number,
  most = TENANT_AUDIO_BYTES,
): AudioStore {
  const contextOf = (tenantId: string, hash: string) => `audio ${tenantId} ${hash}`;
  return {
    async put(tenantId, hash, codes) {
      // One that nothing used any more is used again.
      const { numUpdatedRows } = await db.updateTable("cell.audio").set({ unused_since: null })
        .where("tenant_id", "=", tenantId).where("hash", "=", hash).executeTakeFirstOrThrow();
      if (numUpdatedRows > 0n) return;
      const sealed = await sealer.sealBytes(codes, contextOf(tenantId, hash));
      const { rows } = await sql<{ fits: boolean }>`
        with total as (
          select coalesce(sum(bytes), 0) + ${codes.length}::int <= ${most}::bigint as fits
          from cell.audio where tenant_id = ${tenantId}
        ), kept as (
          insert into cell.audio (tenant_id, hash, bytes, sealed, at)
          select ${tenantId}, ${hash}, ${codes.length}, ${sealed}::bytea, ${now()}
          from total where fits
          on conflict (tenant_id, hash) do update set unused_since = null
        )
        select fits from total`.execute(db);
      if (rows[0].fits) return;
      throw new AntiphonError("payload_too_large", "Delete prompts that are not needed first", {
        data: { most },
      });
    },
    async get(tenantId, hash) {
      const row = await db.selectFrom("cell.audio").select("sealed")
        .where("tenant_id", "=", tenantId).where("hash", "=", hash).executeTakeFirst();
      return row ? await sealer.openBytes(row.sealed, contextOf(tenantId, hash)) : null;
    },
    async has(tenantId, hash) {
      const row = await db.selectFrom("cell.audio").select("hash")
        .where("tenant_id", "=", tenantId).where("hash", "=", hash).executeTakeFirst();
      return row !== undefined;
    },
  };
}
