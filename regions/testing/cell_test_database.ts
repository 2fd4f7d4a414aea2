import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { type CellDatabase, openCellDatabase } from "../database/open_cell_database.ts";
import { embeddedPostgres } from "./embedded_postgres.ts";

/** A migrated cell's database of its own on the tests' PostgreSQL. */
export async function cellTestDatabase(): Promise<
  CellDatabase & { url: string; another: () => Promise<CellDatabase> }
> {
  const server = await embeddedPostgres();
  const name = `t${randomBytes(6).toString("hex")}`;
  const admin = postgres(`postgres://cc@127.0.0.1:${server.port}/postgres`, { max: 1 });
  await admin.unsafe(`create database ${name}`);
  const url = `postgres://cc@127.0.0.1:${server.port}/${name}`;
  const database = await openCellDatabase(url);
  return {
    ...database,
    url,
    another: () => openCellDatabase(url),
    close: async () => {
      await database.close();
      try {
        await admin.unsafe(`drop database ${name} with (force)`);
      } finally {
        await admin.end();
        await server.leave();
      }
    },
  };
}
