import type { WebhookDelivery } from "../../../protocol/inbox/webhook_delivery.ts";
import type { Sql } from "../storage/sql.ts";
import type { InboxArrival, InboxState } from "./asset_inbox_calls.ts";

/** Bounds of one inbox; past them arrivals are refused, and the provider keeps them. */
const MOST_PENDING = 50_000;
const MOST_BYTES = 512 * 1024 * 1024;
/** How long a body's hash is remembered to know a repeat by. */
const REMEMBER_MS = 24 * 60 * 60_000;
const MOST_REMEMBERED = 20_000;

/** A delivery that waits. */
export type Waiting = Omit<WebhookDelivery, "channel"> & { id: number; attempts: number };

/** An asset's webhooks: those that wait, those that failed, and hashes to know repeats by. */
export class InboxStore {
  /** What waits, kept beside the table so that no arrival has to count it. */
  readonly #load: { n: number; bytes: number };
  #sinceSweep = 0;

  constructor(readonly sql: Sql) {
    const columns = `id INTEGER PRIMARY KEY AUTOINCREMENT, delivery_id TEXT NOT NULL,
      tenant_id TEXT NOT NULL, asset_id TEXT NOT NULL, hash TEXT NOT NULL,
      received_at INTEGER NOT NULL, body TEXT NOT NULL`;
    sql.all(`CREATE TABLE IF NOT EXISTS pending (${columns}, attempts INTEGER DEFAULT 0 NOT NULL)`);
    sql.all(`CREATE TABLE IF NOT EXISTS failed (${columns}, failed_at INTEGER NOT NULL,
      reason TEXT NOT NULL)`);
    sql.all("CREATE TABLE IF NOT EXISTS seen (hash TEXT PRIMARY KEY, at INTEGER NOT NULL)");
    sql.all("CREATE INDEX IF NOT EXISTS seen_at ON seen (at)");
    [this.#load] = sql.all<{ n: number; bytes: number }>(
      "SELECT count(*) AS n, coalesce(sum(length(body)), 0) AS bytes FROM pending",
    );
  }

  /** Stores an arrival, unless its body came before or there is no room. */
  add(arrival: InboxArrival): "stored" | "repeat" | "full" {
    const { hash, receivedAt, body } = arrival;
    const [seen] = this.sql.all<{ at: number }>("SELECT at FROM seen WHERE hash = ?", hash);
    if (seen && seen.at > receivedAt - REMEMBER_MS) return "repeat";
    const { n, bytes } = this.#load;
    if (n >= MOST_PENDING || bytes + body.length > MOST_BYTES) return "full";
    this.#sweep(receivedAt);
    this.sql.transaction(() => {
      this.sql.all(
        `INSERT INTO pending (delivery_id, tenant_id, asset_id, hash, received_at, body)
         VALUES (?, ?, ?, ?, ?, ?)`,
        arrival.deliveryId,
        arrival.tenantId,
        arrival.assetId,
        hash,
        receivedAt,
        body,
      );
      this.sql.all("INSERT OR REPLACE INTO seen VALUES (?, ?)", hash, receivedAt);
    });
    this.#count(1, body.length);
    return "stored";
  }

  /** Those to deliver next, in order of arrival: no more than `bytes` of bodies, but at least one. */
  oldest(most: number, bytes: number): Waiting[] {
    const rows = this.sql.all<Waiting>(
      `SELECT id, delivery_id AS deliveryId, tenant_id AS tenantId, asset_id AS assetId,
       received_at AS receivedAt, body, attempts FROM (
         SELECT *, sum(length(body)) OVER (ORDER BY id) AS upto FROM
           (SELECT * FROM pending ORDER BY id LIMIT ?))
       WHERE upto <= ? ORDER BY id`,
      most,
      bytes,
    );
    return rows.length > 0 ? rows : this.sql.all<Waiting>(
      `SELECT id, delivery_id AS deliveryId, tenant_id AS tenantId, asset_id AS assetId,
       received_at AS receivedAt, body, attempts FROM pending ORDER BY id LIMIT 1`,
    );
  }

  delivered({ id, body }: Waiting): void {
    this.sql.all("DELETE FROM pending WHERE id = ?", id);
    this.#count(-1, -body.length);
  }

  /** Counts an attempt that was not taken. Returns how many there were. */
  attempted(id: number): number {
    this.sql.all("UPDATE pending SET attempts = attempts + 1 WHERE id = ?", id);
    const [row] = this.sql.all<{ attempts: number }>(
      "SELECT attempts FROM pending WHERE id = ?",
      id,
    );
    return row?.attempts ?? 0;
  }

  /** Sets a delivery aside for good. A repeat by the provider is then a new arrival. */
  fail({ id, body }: Waiting, at: number, reason: string): void {
    this.sql.transaction(() => {
      this.sql.all(
        `INSERT INTO failed (delivery_id, tenant_id, asset_id, hash, received_at, body, failed_at,
         reason) SELECT delivery_id, tenant_id, asset_id, hash, received_at, body, ?, ?
         FROM pending WHERE id = ?`,
        at,
        reason,
        id,
      );
      this.sql.all("DELETE FROM seen WHERE hash = (SELECT hash FROM pending WHERE id = ?)", id);
      this.sql.all("DELETE FROM pending WHERE id = ?", id);
    });
    this.#count(-1, -body.length);
  }

  /** Puts the failed ones behind those that wait, oldest first. Returns how many. */
  retryFailed(): number {
    const [load] = this.sql.all<{ n: number; bytes: number }>(
      "SELECT count(*) AS n, coalesce(sum(length(body)), 0) AS bytes FROM failed",
    );
    this.sql.transaction(() => {
      this.sql.all(
        `INSERT INTO pending (delivery_id, tenant_id, asset_id, hash, received_at, body)
         SELECT delivery_id, tenant_id, asset_id, hash, received_at, body FROM failed ORDER BY id`,
      );
      this.sql.all("DELETE FROM failed");
    });
    this.#count(load.n, load.bytes);
    return load.n;
  }

  /** Deletes failed ones that nobody wanted. Returns how many. */
  deleteFailedBefore(at: number): number {
    const rows = this.sql.all("DELETE FROM failed WHERE failed_at < ? RETURNING id", at);
    return rows.length;
  }

  state(): Omit<InboxState, "nextAttemptAt"> {
    const [head] = this.oldest(1, 0);
    const failures = this.sql.all<InboxState["failures"][number]>(
      `SELECT delivery_id AS deliveryId, received_at AS receivedAt, failed_at AS failedAt, reason
       FROM failed ORDER BY id DESC LIMIT 20`,
    );
    const [{ n: failed }] = this.sql.all<{ n: number }>("SELECT count(*) AS n FROM failed");
    return {
      pending: this.#load.n,
      oldest: head?.receivedAt ?? null,
      attempts: head?.attempts ?? 0,
      failed,
      failures,
    };
  }

  #count(n: number, bytes: number): void {
    this.#load.n += n;
    this.#load.bytes += bytes;
  }

  #sweep(now: number): void {
    if (this.#sinceSweep++ % 100 !== 0) return;
    this.sql.all("DELETE FROM seen WHERE at < ?", now - REMEMBER_MS);
    this.sql.all(
      `DELETE FROM seen WHERE hash IN
       (SELECT hash FROM seen ORDER BY at DESC LIMIT -1 OFFSET ${MOST_REMEMBERED})`,
    );
  }
}
