import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { embeddedPostgres } from "./embedded_postgres.ts";

/** An empty database of its own on the tests' PostgreSQL. */
export async function emptyTestDatabase(): Promise<AsyncDisposable & { url: string }> {
  const server = await embeddedPostgres();
  const name = `t${randomBytes(6).toString("hex")}`;
  const admin = postgres(`postgres://cc@127.0.0.1:${server.port}/postgres`, { max: 1 });
  await admin.unsafe(`create database ${name}`);
  return {
    url: `postgres://cc@127.0.0.1:${server.port}/${name}`,
    async [Symbol.asyncDispose]() {
      try {
        await admin.unsafe(`drop database ${name} with (force)`);
      } finally {
        await admin.end();
        await server.leave();
      }
    },
  };
}
