import type { ColumnType, Generated } from "kysely";
import type { Durability } from "../topology/durability.ts";
import type { ServiceKey } from "../service_token/service_key.ts";
import type { TrunkDestination } from "../topology/pop_configuration.ts";

type Json<T> = ColumnType<T, T, T>;

/**
 * Tables of the `cfg` schema. The control plane alone writes them; logical replication copies them
 * one way into every cluster's Postgres, where cells only read.
 */
export interface CfgTables {
  "cfg.clusters": {
    id: string;
    home_region: string;
    standby_region: string | null;
    urls: Json<string[]>;
  };
  "cfg.pops": { id: string; name: string; region: string; url: string; sip: Json<string[]> };
  "cfg.edges": { id: string; url: string };
  "cfg.tenants": {
    id: string;
    partner_id: string;
    slug: string;
    name: string;
    cluster_id: string;
    status: "active" | "suspended";
    durability: Generated<Durability>;
  };
  "cfg.numbers": { number: string; tenant_id: string };
  "cfg.trunks": {
    id: string;
    name: string;
    partner_id: string;
    pop_id: string;
    tenant_id: string | null;
    sources: Json<string[]>;
    max_calls: number;
    max_calls_per_second: number;
    destinations: Json<TrunkDestination[]>;
  };
  "cfg.assets": {
    id: string;
    tenant_id: string;
    channel: "whatsapp";
    name: string;
    phone_number_id: string;
  };
  "cfg.service_keys": { kid: string; service: string; jwk: Json<ServiceKey["jwk"]> };
}
