import type { Kysely } from "kysely";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import type { ControlTables } from "../database/control_tables.ts";
import type { ChangeSignal } from "../snapshots/change_signal.ts";

/** How long keys are trusted without looking again, in milliseconds. */
const FRESH_MS = 5_000;

/**
 * The public keys of all services, read again after every change and every few seconds. While the
 * database is away the keys read last are used.
 */
export class ServiceKeyRing {
  #keys: { at: number; generation: number; keys: ServiceKey[] } | undefined;
  readonly #db: Kysely<ControlTables>;
  readonly #changes: ChangeSignal;
  readonly #now: () => number;

  constructor(from: { db: Kysely<ControlTables>; changes: ChangeSignal; now: () => number }) {
    this.#db = from.db;
    this.#changes = from.changes;
    this.#now = from.now;
  }

  /** The keys. Rejects only when none were ever read. */
  async keys(): Promise<ServiceKey[]> {
    const known = this.#keys;
    const generation = this.#changes.generation;
    const at = this.#now();
    if (known && known.generation === generation && at - known.at < FRESH_MS) return known.keys;
    try {
      const keys = await this.#db.selectFrom("cfg.service_keys").select(["service", "jwk"])
        .orderBy("kid").execute();
      this.#keys = { at, generation, keys };
      return keys;
    } catch (error) {
      if (known) return known.keys;
      throw error;
    }
  }
}
