import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type {
  EdgeAsset,
  EdgeConfiguration,
} from "../../../protocol/topology/edge_configuration.ts";
import type {
  ClusterAddress,
  TenantPlacement,
} from "../../../protocol/topology/service_addresses.ts";

/** A configuration with its look-ups. */
export class ConfigurationIndex {
  readonly #tenants: Map<string, TenantPlacement>;
  readonly #slugs: Map<string, TenantPlacement>;
  readonly #assets: Map<string, EdgeAsset>;
  readonly #clusters: Map<string, ClusterAddress>;

  constructor(readonly configuration: EdgeConfiguration) {
    this.#tenants = new Map(configuration.tenants.map((t) => [t.id, t]));
    this.#slugs = new Map(configuration.tenants.map((t) => [t.slug, t]));
    this.#assets = new Map(configuration.assets.map((a) => [a.id, a]));
    this.#clusters = new Map(configuration.clusters.map((c) => [c.id, c]));
  }

  get version(): string {
    return this.configuration.version;
  }

  tenant(id: string): TenantPlacement | undefined {
    return this.#tenants.get(id);
  }

  tenantBySlug(slug: string): TenantPlacement | undefined {
    return this.#slugs.get(slug);
  }

  asset(id: string): EdgeAsset | undefined {
    return this.#assets.get(id);
  }

  cluster(id: string): ClusterAddress | undefined {
    return this.#clusters.get(id);
  }

  /**
   * The cluster that runs a tenant now.
   * @throws AntiphonError `cluster_unavailable` when no placement is known
   */
  clusterOf(tenantId: string): ClusterAddress {
    const cluster = this.#clusters.get(this.#tenants.get(tenantId)?.clusterId ?? "");
    if (cluster) return cluster;
    throw new AntiphonError("cluster_unavailable", "The tenant is placed on no known cluster");
  }
}
