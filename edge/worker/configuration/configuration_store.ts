import type { Sql } from "../storage/sql.ts";
import type { StoredConfiguration } from "./configuration_calls.ts";

/** Rows of a Durable Object hold at most 2 MB; a character takes up to four bytes. */
const PART = 400_000;

type Row = Record<"version" | "kid" | "json", string> & { sequence: number };

/**
 * Keeps the last snapshot, whole or not at all, in parts of a size that a row can hold. One that
 * was signed by a key that is not believed any more counts for nothing.
 */
export class ConfigurationStore {
  #held: StoredConfiguration | null = null;

  /** @param believed Ids of the pinned keys. */
  constructor(readonly sql: Sql, believed: ReadonlySet<string>) {
    // Parts were once kept without anybody's signature.
    sql.all("DROP TABLE IF EXISTS part");
    sql.all(`CREATE TABLE IF NOT EXISTS signed_part
      (n INTEGER PRIMARY KEY, version TEXT, sequence INTEGER, kid TEXT, json TEXT)`);
    const rows = sql.all<Row>(
      "SELECT version, sequence, kid, json FROM signed_part ORDER BY n",
    );
    if (rows.length === 0 || !believed.has(rows[0].kid)) return;
    const { version, sequence, kid } = rows[0];
    this.#held = { version, sequence, kid, json: rows.map((row) => row.json).join("") };
  }

  get held(): StoredConfiguration | null {
    return this.#held;
  }

  /** Replaces the snapshot. */
  hold(next: StoredConfiguration): void {
    const { version, sequence, kid, json } = next;
    this.sql.transaction(() => {
      this.sql.all("DELETE FROM signed_part");
      for (let n = 0; n * PART < json.length; n++) {
        const part = json.slice(n * PART, (n + 1) * PART);
        const values = [n, version, sequence, kid, part] as const;
        this.sql.all("INSERT INTO signed_part VALUES (?, ?, ?, ?, ?)", ...values);
      }
    });
    this.#held = next;
  }
}
