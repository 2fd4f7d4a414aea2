import { type Kysely, sql } from "kysely";
import type { Hono } from "hono";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { within } from "../deadlines/within.ts";
import type { AppEnv } from "./app_env.ts";

/** How long the database may take to answer a look at its health, in milliseconds. */
const DEADLINE_MS = 2_000;

/** `GET /health`, 503 while the database is away, and `GET /metrics` for Prometheus. */
export function healthRoutes(app: Hono<AppEnv>, { db, counters, log }: ControlPlaneContext): void {
  app.get("/health", async (c) => {
    const database = await within(DEADLINE_MS, sql`select 1`.execute(db)).catch((error) => {
      log.warn("health.database-away", { error });
      return undefined;
    });
    const service = "control-plane";
    return database
      ? c.json({ service, status: "ok", database: "ok" }, 200)
      : c.json({ service, status: "unavailable", database: "unavailable" }, 503);
  });
  app.get("/metrics", async (c) => {
    const slots = await within(DEADLINE_MS, replicationSlots(db)).catch((error) => {
      log.warn("metrics.slots-unknown", { error });
      return [];
    });
    for (const { slot, active, retained } of slots) {
      counters.set("antiphon_cfg_subscriber_connected", active ? 1 : 0, { slot });
      counters.set("antiphon_cfg_subscriber_retained_bytes", retained, { slot });
    }
    return c.text(counters.render(), 200, { "content-type": "text/plain; version=0.0.4" });
  });
}

async function replicationSlots(db: Kysely<ControlTables>) {
  const { rows } = await sql<{ slot: string; active: boolean; retained: number }>`
    select slot_name as slot, active,
      coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::float8 as retained
    from pg_replication_slots
    where slot_type = 'logical' and database = current_database() limit 100`.execute(db);
  return rows;
}
