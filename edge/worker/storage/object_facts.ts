import type { Sql } from "./sql.ts";

/** Single named values of one object, as JSON, in its table `fact`. */
export class ObjectFacts<T extends Record<string, unknown>> {
  readonly #known = new Map<keyof T & string, unknown>();

  constructor(readonly sql: Sql, readonly defaults: T) {
    sql.all("CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
    for (
      const { name, value } of sql.all<{ name: string; value: string }>("SELECT * FROM fact")
    ) {
      this.#known.set(name, JSON.parse(value));
    }
  }

  /** The value, or its default. */
  get<K extends keyof T & string>(name: K): T[K] {
    return this.#known.has(name) ? this.#known.get(name) as T[K] : this.defaults[name];
  }

  /** Stores a value; writes nothing when it is what is stored. */
  set<K extends keyof T & string>(name: K, value: T[K]): void {
    if (this.#known.has(name) && this.#known.get(name) === value) return;
    this.sql.all("INSERT OR REPLACE INTO fact VALUES (?, ?)", name, JSON.stringify(value));
    this.#known.set(name, value);
  }
}
