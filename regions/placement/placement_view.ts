import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { Durability } from "../../protocol/topology/durability.ts";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";

/** A tenant, wherever it is placed. */
export interface PlacedTenant {
  id: string;
  slug: string;
  clusterId: string;
  status: string;
  durability: Durability;
}

/** What the control plane says, as this cluster's Postgres has it. */
export interface Placement {
  tenants: ReadonlyMap<string, PlacedTenant>;
  /** Regions of clusters. */
  clusters: ReadonlyMap<string, { home: string; standby: string | null }>;
  edges: ReadonlyMap<string, string>;
  /** URLs of PoPs. */
  pops: ReadonlyMap<string, string>;
  keys: readonly ServiceKey[];
}

/** An on-demand refresh happens at most this often, in milliseconds. */
const FRESH_MS = 100;

/**
 * A view of the replicated `cfg` schema, kept in memory. It goes on with what it has while the
 * control plane or the link to it is gone.
 */
export class PlacementView {
  #placement: Placement = {
    ...{ tenants: new Map(), clusters: new Map(), edges: new Map(), pops: new Map(), keys: [] },
  };
  #readAt = -Infinity;
  #reading: Promise<void> | null = null;

  constructor(readonly db: Kysely<CellTables>, readonly now: () => number) {}

  get current(): Placement {
    return this.#placement;
  }

  /** Reads the tables anew, unless that was done just now. */
  async refresh(): Promise<void> {
    const asked = this.now();
    if (asked - this.#readAt < FRESH_MS) return;
    // A read that is under way may have missed what the caller wants to know.
    await this.#reading?.catch(() => {});
    if (this.#readAt >= asked) return;
    this.#reading ??= this.#read().finally(() => this.#reading = null);
    await this.#reading;
  }

  async #read(): Promise<void> {
    const begun = this.now();
    const [tenants, clusters, edges, pops, keys] = await Promise.all([
      this.db.selectFrom("cfg.tenants").selectAll().execute(),
      this.db.selectFrom("cfg.clusters").select(["id", "home_region", "standby_region"]).execute(),
      this.db.selectFrom("cfg.edges").selectAll().execute(),
      this.db.selectFrom("cfg.pops").select(["id", "url"]).execute(),
      this.db.selectFrom("cfg.service_keys").selectAll().execute(),
    ]);
    this.#readAt = begun;
    this.#placement = {
      tenants: new Map(
        tenants.map((t) => [t.id, {
          id: t.id,
          slug: t.slug,
          clusterId: t.cluster_id,
          status: t.status,
          // A database that is not migrated yet does not have it.
          durability: t.durability ?? "region",
        }]),
      ),
      clusters: new Map(
        clusters.map((it) => [it.id, { home: it.home_region, standby: it.standby_region }]),
      ),
      edges: new Map(edges.map((e) => [e.id, e.url])),
      pops: new Map(pops.map((p) => [p.id, p.url])),
      keys: keys.map((k) => ({ service: k.service, jwk: k.jwk })),
    };
  }
}
