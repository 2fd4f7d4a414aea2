import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { CFG_PUBLICATION, CFG_SCHEMA } from "../../protocol/cfg/cfg_schema.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();

/** Another database that subscribes to the plane's, as a cluster's does. */
async function subscriber() {
  const { url, database } = plane();
  const name = `s${randomBytes(6).toString("hex")}`;
  await database.sql.unsafe(`create database ${name}`);
  const sql = postgres(Object.assign(new URL(url), { pathname: `/${name}` }).href, {
    max: 1,
    onnotice: () => {},
  });
  for (const statement of CFG_SCHEMA) await sql.unsafe(statement);
  // Both databases are on one server, which would wait for itself if it made the slot here.
  await database.sql`select pg_create_logical_replication_slot(${name}, 'pgoutput')`;
  const { hostname, port, pathname } = new URL(url);
  const connection = `host=${hostname} port=${port} user=cc dbname=${pathname.slice(1)}`;
  await sql.unsafe(`create subscription ${name} connection '${connection}'
    publication ${CFG_PUBLICATION} with (create_slot = false, origin = none)`);
  return {
    sql,
    async until<T extends object>(read: () => Promise<T[]>, enough: (rows: T[]) => boolean) {
      for (const end = performance.now() + 20_000;;) {
        const rows = await read();
        if (enough(rows)) return rows;
        assert.ok(performance.now() < end, "what was published did not arrive");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async [Symbol.asyncDispose]() {
      await sql.unsafe(`drop subscription ${name}`);
      await sql.end();
      await database.sql.unsafe(`drop database ${name} with (force)`);
    },
  };
}

Deno.test("a subscriber sees what was there, and every change", async () => {
  const partner = await plane().partner();
  const before = await plane().tenant(partner);
  await using cluster = await subscriber();
  const tenants = () => cluster.sql<{ id: string }[]>`select id from cfg.tenants order by id`;
  await cluster.until(tenants, (rows) => rows.some(({ id }) => id === before));
  const after = await plane().tenant(partner);
  await cluster.until(tenants, (rows) => rows.some(({ id }) => id === after));
  const body = { number: "+4969900100" };
  const { token } = partner;
  await plane().call("POST", `/v1/tenants/${after}/numbers`, { token, body });
  const numbers = await cluster.until(
    () => cluster.sql<{ number: string; tenant_id: string }[]>`select * from cfg.numbers`,
    (rows) => rows.length > 0,
  );
  assert.deepEqual([...numbers], [{ number: "+4969900100", tenant_id: after }]);
  const [row] = await cluster.until(
    () => cluster.sql<{ urls: string[] }[]>`select urls from cfg.clusters where id = 'C14'`,
    (rows) => rows.length > 0,
  );
  assert.deepEqual(row.urls, ["http://c14.test"]);
  const keys = await cluster.until(
    () => cluster.sql<{ jwk: { kty: string } }[]>`select jwk from cfg.service_keys`,
    (rows) => rows.length === plane().deployment.keys.length,
  );
  assert.equal(keys[0].jwk.kty, "EC");
});

Deno.test("a subscriber hears what a tenant's work outlives", async () => {
  const partner = await plane().partner();
  const id = await plane().tenant(partner);
  await using cluster = await subscriber();
  const seen = () =>
    cluster.sql<{ durability: string }[]>`
    select durability from cfg.tenants where id = ${id}`;
  await cluster.until(seen, ([row]) => row?.durability === "region");
  const body = { durability: "zone" };
  await plane().call("PATCH", `/v1/tenants/${id}`, { token: partner.token, body });
  await cluster.until(seen, ([row]) => row?.durability === "zone");
});

Deno.test("nothing but cfg is published", async () => {
  const rows = await plane().database.sql`
    select distinct schemaname from pg_publication_tables where pubname = ${CFG_PUBLICATION}`;
  assert.deepEqual(rows.map(({ schemaname }) => schemaname), ["cfg"]);
});

Deno.test("metrics tell how far each subscriber is behind", async () => {
  const { sql } = plane().database;
  await sql`select pg_create_logical_replication_slot('away', 'pgoutput')`;
  const { body } = await plane().call("GET", "/metrics");
  await sql`select pg_drop_replication_slot('away')`;
  assert.match(body, /antiphon_cfg_subscriber_connected\{slot="away"\} 0/);
  assert.match(body, /antiphon_cfg_subscriber_retained_bytes\{slot="away"\} [0-9]+/);
});
