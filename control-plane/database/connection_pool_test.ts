import assert from "node:assert/strict";
import { type Kysely, sql } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TcpProxy } from "../testing/tcp_proxy.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { ConnectionPool } from "./connection_pool.ts";
import type { ControlTables } from "./control_tables.ts";
import { fromDatabaseError } from "./from_database_error.ts";
import { openDatabase } from "./open_database.ts";

const plane = useTestPlane();
const isAway = (e: unknown) => {
  const error = fromDatabaseError(e);
  return error instanceof AntiphonError && error.code === "database_unavailable";
};
const pidOf = async (db: Kysely<ControlTables>) => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0].pid;
};

Deno.test("a session that ends within a transaction fails it, and the pool goes on", async () => {
  const { sql: admin } = plane().database;
  const { db, close } = await openDatabase(plane().url, { connections: 1 });
  for (let round = 0; round < 3; round++) {
    await assert.rejects(
      db.transaction().execute(async (tx) => {
        await admin`select pg_terminate_backend(${await pidOf(tx)}, 5000)`;
        // The end of the session arrives by itself: let it.
        await new Promise((resolve) => setTimeout(resolve, 20));
        await sql`select 1`.execute(tx);
      }),
      isAway,
    );
    assert.ok(await pidOf(db) > 0);
  }
  await close();
});

Deno.test("a session that ends under a statement fails it, and the pool goes on", async () => {
  const { sql: admin } = plane().database;
  const { db, close } = await openDatabase(plane().url, { connections: 1 });
  const pid = await pidOf(db);
  const slow = assert.rejects(sql`select pg_sleep(30)`.execute(db), isAway);
  await admin`select pg_terminate_backend(${pid}, 5000)`;
  await slow;
  assert.notEqual(await pidOf(db), pid);
  await close();
});

Deno.test("who waits for a connection gets the next one, or is told in time", async () => {
  const pool = new ConnectionPool(plane().url, { max: 1, waitMs: 50, driver: {} });
  const first = await pool.reserve();
  await assert.rejects(pool.reserve(), isAway);
  const second = pool.reserve();
  first.release();
  first.release();
  assert.deepEqual([...await (await second).unsafe("select 1 as one")], [{ one: 1 }]);
  await assert.rejects(async () => await first.unsafe("select 1"), isAway);
  const third = assert.rejects(pool.reserve(), isAway);
  await pool.end();
  await third;
  await assert.rejects(pool.reserve(), isAway);
});

Deno.test("a statement that gets no answer ends at its deadline", async () => {
  const url = new URL(plane().url);
  const proxy = new TcpProxy(Number(url.port));
  url.port = String(proxy.port);
  proxy.cut();
  const pool = new ConnectionPool(url.href, { max: 1, statementMs: 200, driver: {} });
  const first = await pool.reserve();
  await assert.rejects(async () => await first.unsafe("select 1"), isAway);
  first.release();
  proxy.mend();
  const second = await pool.reserve();
  assert.deepEqual([...await second.unsafe("select 1 as one")], [{ one: 1 }]);
  await pool.end();
  await proxy.close();
});
