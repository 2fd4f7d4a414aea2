import assert from "node:assert/strict";
import type { RowWriter } from "./row_writer.ts";
import type { DataSite, TemporaryCluster } from "./temporary_cluster.ts";

/** Asserts that a site's server has every row that was confirmed anywhere. */
export async function assertKept(
  cluster: TemporaryCluster,
  site: DataSite,
  { acknowledged }: RowWriter,
): Promise<void> {
  const connection = cluster.connect(site);
  const rows = await connection.use(10_000, (sql) => sql`select n from kept`);
  connection.close();
  const kept = new Set(rows.map(({ n }) => n));
  const lost = acknowledged.filter(({ n }) => !kept.has(n));
  assert.ok(acknowledged.length > 0);
  assert.deepEqual(lost, []);
}
