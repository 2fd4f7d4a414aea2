import type { Sql } from "../storage/sql.ts";
import type { StoredConfiguration } from "./configuration_calls.ts";

/** Rows of a Durable Object hold at most 2 MB; a character takes up to four bytes. */
const PART = 400_000;

/** Keeps the last snapshot, whole or not at all, in parts of a size that a row can hold. */
export class ConfigurationStore {
  #held: StoredConfiguration | null = null;

  constructor(readonly sql: Sql) {
    sql.all("CREATE TABLE IF NOT EXISTS part (n INTEGER PRIMARY KEY, version TEXT, json TEXT)");
    const rows = sql.all<{ version: string; json: string }>(
      "SELECT version, json FROM part ORDER BY n",
    );
    if (rows.length > 0) {
      this.#held = { version: rows[0].version, json: rows.map((row) => row.json).join("") };
    }
  }

  get held(): StoredConfiguration | null {
    return this.#held;
  }

  /** Replaces the snapshot. */
  hold(next: StoredConfiguration): void {
    this.sql.transaction(() => {
      this.sql.all("DELETE FROM part");
      for (let n = 0; n * PART < next.json.length; n++) {
        const json = next.json.slice(n * PART, (n + 1) * PART);
        this.sql.all("INSERT INTO part VALUES (?, ?, ?)", n, next.version, json);
      }
    });
    this.#held = next;
  }
}
