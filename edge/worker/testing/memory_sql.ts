import { DatabaseSync } from "node:sqlite";
import type { Sql, SqlRow, SqlValue } from "../storage/sql.ts";

/** A database in memory with the interface of a Durable Object's, for tests without workerd. */
export function memorySql(): Sql & Disposable {
  const database = new DatabaseSync(":memory:");
  return {
    all<R extends SqlRow>(statement: string, ...values: SqlValue[]): R[] {
      return database.prepare(statement).all(...values).map((row) => ({ ...row })) as R[];
    },
    transaction(work) {
      database.exec("BEGIN");
      try {
        const result = work();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    [Symbol.dispose]: () => database.close(),
  };
}
