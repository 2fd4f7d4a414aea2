/** What SQLite stores and gives back here. */
export type SqlValue = string | number | null;

/** One row. */
export type SqlRow = Record<string, SqlValue>;

/** The database of one object, private to it. Statements run at once and one after the other. */
export interface Sql {
  /** Runs one statement and returns its rows. */
  all<R extends SqlRow>(statement: string, ...values: SqlValue[]): R[];
  /** Runs `work` as a transaction: an error in it undoes all of it. Never async, never nested. */
  transaction<T>(work: () => T): T;
}
