import type { Sql, SqlRow } from "./sql.ts";

/** The SQLite database of a Durable Object. */
export function durableSql(storage: DurableObjectStorage): Sql {
  return {
    all: <R extends SqlRow>(statement: string, ...values: unknown[]) =>
      storage.sql.exec(statement, ...values).toArray() as R[],
    transaction: (work) => storage.transactionSync(work),
  };
}
