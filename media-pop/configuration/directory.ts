import type { PopConfiguration, Trunk } from "../../protocol/topology/pop_configuration.ts";
import { SourceIndex } from "../trunks/source_index.ts";

type Tenant = PopConfiguration["tenants"][number];
type Cluster = PopConfiguration["clusters"][number];

/** A snapshot of the PoP's configuration, prepared for look-ups. Never changes. */
export class Directory {
  readonly configuration: PopConfiguration;
  readonly #trunks: SourceIndex<Trunk>;
  readonly #numbers: ReadonlyMap<string, string>;
  readonly #tenants: ReadonlyMap<string, Tenant>;

  constructor(configuration: PopConfiguration) {
    this.configuration = configuration;
    this.#trunks = new SourceIndex(
      configuration.trunks
        .filter((trunk) => trunk.popId === configuration.pop.id)
        .map((trunk) => ({ sources: trunk.sources, value: trunk })),
    );
    this.#numbers = new Map(configuration.numbers.map((row) => [row.number, row.tenantId]));
    this.#tenants = new Map(configuration.tenants.map((tenant) => [tenant.id, tenant]));
  }

  /** The trunks that name the longest prefix around a source address. */
  trunksOf(source: string): readonly Trunk[] {
    return this.#trunks.match(source);
  }

  /** Whether the platform has this E.164 number. */
  hasNumber(number: string): boolean {
    return this.#numbers.has(number);
  }

  /** The tenant a number belongs to; undefined if the number or its tenant is not known. */
  tenantOfNumber(number: string): Tenant | undefined {
    const tenantId = this.#numbers.get(number);
    return tenantId === undefined ? undefined : this.tenant(tenantId);
  }

  /** A tenant by id. */
  tenant(tenantId: string): Tenant | undefined {
    return this.#tenants.get(tenantId);
  }

  /** A cluster by id. */
  cluster(clusterId: string): Cluster | undefined {
    return this.configuration.clusters.find(({ id }) => id === clusterId);
  }

  /** The clusters that run at least one tenant known here. */
  clustersWithTenants(): Cluster[] {
    const used = new Set(this.configuration.tenants.map((tenant) => tenant.clusterId));
    return this.configuration.clusters.filter((cluster) => used.has(cluster.id));
  }
}
