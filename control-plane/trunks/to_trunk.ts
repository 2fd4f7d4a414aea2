import type { Selectable } from "kysely";
import type { Trunk } from "../../protocol/topology/pop_configuration.ts";
import type { ControlTables } from "../database/control_tables.ts";

/** A row of `cfg.trunks` as it goes over the wire. */
export function toTrunk(row: Selectable<ControlTables["cfg.trunks"]>): Trunk {
  return {
    id: row.id,
    name: row.name,
    popId: row.pop_id,
    tenantId: row.tenant_id,
    sources: row.sources,
    maxCalls: row.max_calls,
    maxCallsPerSecond: row.max_calls_per_second,
    destinations: row.destinations,
  };
}
