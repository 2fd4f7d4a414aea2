import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { controlPlaneApp } from "../http/control_plane_app.ts";
import { TcpProxy } from "../testing/tcp_proxy.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { migrateDatabase } from "./migrate_database.ts";
import { openDatabase } from "./open_database.ts";

const plane = useTestPlane();
const code = (code: string) => (e: unknown) => e instanceof AntiphonError && e.code === code;

Deno.test("openDatabase() waits for a server only so long", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const url = `postgres://cc@127.0.0.1:${port}/x`;
  await assert.rejects(openDatabase(url, { waitMs: 300 }), code("database_unavailable"));
});

Deno.test("openDatabase() waits for nothing that waiting does not mend", async () => {
  await assert.rejects(openDatabase(`${plane().url}-none`), code("configuration_invalid"));
});

Deno.test("migrating twice, also at once, changes nothing more", async () => {
  const { db, sql } = plane().database;
  const shape = () =>
    sql`select table_schema, table_name, column_name from information_schema.columns
        where table_schema in ('cfg', 'control') order by 1, 2, 3`;
  const before = await shape();
  await Promise.all([migrateDatabase(db), migrateDatabase(db)]);
  assert.deepEqual([...await shape()], [...before]);
});

Deno.test("while the database is away requests say so, and work again once it is back", async () => {
  const url = new URL(plane().url);
  const proxy = new TcpProxy(Number(url.port));
  url.port = String(proxy.port);
  const database = await openDatabase(url.href, { connections: 2, statementMs: 500 });
  const app = controlPlaneApp({ ...plane().context, db: database.db });
  const { token } = await plane().partner();
  const get = async (path: string) => {
    const response = await app.request(path, { headers: { authorization: `Bearer ${token}` } });
    return [response.status, (await response.json()).code];
  };
  assert.deepEqual(await get("/v1/tenants"), [200, undefined]);
  proxy.cut();
  assert.deepEqual(await get("/v1/tenants"), [503, "database_unavailable"]);
  assert.equal((await get("/health"))[0], 503);
  proxy.mend();
  let answer = await get("/v1/tenants");
  for (let i = 0; i < 50 && answer[0] !== 200; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await get("/v1/tenants");
  }
  assert.deepEqual(answer, [200, undefined]);
  await database.close();
  await proxy.close();
});
