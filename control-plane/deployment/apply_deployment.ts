import { type Kysely, sql, type Transaction } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import type { Deployment } from "../../protocol/topology/deployment.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { CHANGE_CHANNEL } from "../snapshots/listen_for_changes.ts";
import { checkDeployment } from "./check_deployment.ts";

/** Number of the advisory lock that lets one process at a time apply a deployment. */
const DEPLOYMENT_LOCK = 7_201_002;

/**
 * Makes the `cfg` tables agree with the deployment: adds, changes and removes clusters, PoPs,
 * edges and service keys. Applying the same again writes nothing, so nothing is replicated.
 *
 * @param own The control plane's own public key, which is always among the keys.
 * @throws AntiphonError `configuration_invalid` when the deployment contradicts itself, or leaves
 *   out a cluster with tenants or a PoP with trunks; nothing is changed then
 */
export async function applyDeployment(
  db: Kysely<ControlTables>,
  deployment: Deployment,
  own: ServiceKey,
): Promise<void> {
  checkDeployment(deployment);
  const { clusters, pops, edges, keys } = deployment;
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(DEPLOYMENT_LOCK)})`.execute(tx);
    await agree(
      tx,
      "cfg.clusters",
      "id",
      clusters.map(({ id, homeRegion, standbyRegion, urls }) => ({
        id,
        home_region: homeRegion,
        standby_region: standbyRegion,
        urls,
      })),
    );
    await agree(tx, "cfg.pops", "id", pops);
    await agree(tx, "cfg.edges", "id", edges);
    const known = keys.filter(({ jwk }) => jwk.kid !== own.jwk.kid);
    await agree(
      tx,
      "cfg.service_keys",
      "kid",
      [own, ...known].map(({ service, jwk }) => ({ kid: jwk.kid, service, jwk })),
    );
    await refuseOrphans(tx);
    // Whatever database this is, what is told from here on is later than what was told before.
    await sql`select control.next_revision()`.execute(tx);
    await sql`select pg_notify(${sql.lit(CHANGE_CHANNEL)}, '')`.execute(tx);
  });
}

/** Makes a table hold exactly these rows, and touches only those that differ. */
async function agree(
  tx: Transaction<ControlTables>,
  table: string,
  key: string,
  rows: Record<string, unknown>[],
): Promise<void> {
  const name = sql.table(table);
  const id = sql.ref(key);
  const ids = JSON.stringify(rows.map((row) => row[key]));
  await sql`
    delete from ${name}
    where ${id} not in (select jsonb_array_elements_text(${ids}::text::jsonb))`.execute(tx);
  for (const row of rows) {
    const columns = Object.keys(row);
    const list = sql.join(columns.map((column) => sql.ref(column)));
    const values = sql.join(columns.map((column) => sql`${row[column]}`));
    const fresh = sql.join(columns.map((column) => sql.ref(`excluded.${column}`)));
    const now = sql.join(columns.map((column) => sql.ref(`${table}.${column}`)));
    await sql`
      insert into ${name} (${list}) values (${values})
      on conflict (${id}) do update set (${list}) = row(${fresh})
      where row(${now}) is distinct from row(${fresh})`.execute(tx);
  }
}

/** After the changes: whoever made a tenant or a trunk in between is seen here too. */
async function refuseOrphans(tx: Transaction<ControlTables>): Promise<void> {
  const tenants = await tx.selectFrom("cfg.tenants").select("cluster_id").distinct()
    .where("cluster_id", "not in", (q) => q.selectFrom("cfg.clusters").select("id"))
    .orderBy("cluster_id").execute();
  const trunks = await tx.selectFrom("cfg.trunks").select("pop_id").distinct()
    .where("pop_id", "not in", (q) => q.selectFrom("cfg.pops").select("id"))
    .orderBy("pop_id").execute();
  const missing = [
    ...tenants.map((row) => `cluster ${row.cluster_id} (tenants live on it)`),
    ...trunks.map((row) => `PoP ${row.pop_id} (trunks come into it)`),
  ];
  if (missing.length === 0) return;
  throw new AntiphonError(
    "configuration_invalid",
    `Put back into DEPLOYMENT_FILE what is in use: ${missing.join(", ")}`,
  );
}
