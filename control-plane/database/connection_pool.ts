import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { fromDatabaseError } from "./from_database_error.ts";

/** Options of a {@linkcode ConnectionPool}. */
export interface ConnectionPoolOptions {
  /** The most connections at a time. */
  max: number;
  /** How long to wait for one of them to become free, in milliseconds. */
  waitMs?: number;
  /** How long a statement may take, also while the connection is being made, in milliseconds. */
  statementMs?: number;
  /** The driver's options, the same for every connection. */
  driver: postgres.Options<Record<string, never>>;
}

type Pending = ReturnType<postgres.Sql["unsafe"]>;

/** A connection that belongs to one user until it is released. */
export interface PooledConnection {
  unsafe(
    query: string,
    // deno-lint-ignore no-explicit-any
    parameters?: any[],
    options?: postgres.UnsafeQueryOptions,
  ): Pending;
  release(): void;
}

interface Slot {
  sql: postgres.Sql;
  /** Set when the session ended under its user: what it began is gone. */
  lost: boolean;
  /** Set when the client was given up: the next user gets a new one. */
  discarded: boolean;
}

/**
 * Connections to Postgres for Kysely's driver, each a client of its own with one connection.
 *
 * The driver's `reserve()` goes on writing to a connection that the server has closed, which ends
 * the whole process with an uncaught TypeError; and a statement waits for ever where a server
 * accepts connections only to close them. Here a lost session fails its statements with
 * `database_unavailable` until it is released, and no statement outlives its deadline.
 * Statements cannot be streamed: each is sent at once.
 */
export class ConnectionPool {
  readonly options: { max: number };
  readonly #url: string;
  readonly #waitMs: number;
  readonly #statementMs: number;
  readonly #driver: ConnectionPoolOptions["driver"];
  readonly #slots: Slot[] = [];
  readonly #idle: Slot[] = [];
  readonly #waiting: PromiseWithResolvers<Slot>[] = [];
  #ended = false;

  constructor(url: string, options: ConnectionPoolOptions) {
    this.options = { max: options.max };
    this.#url = url;
    this.#waitMs = options.waitMs ?? 10_000;
    this.#statementMs = options.statementMs ?? 12_000;
    this.#driver = options.driver;
  }

  /**
   * Takes a connection.
   * @throws AntiphonError `database_unavailable` when none became free in time, or at the end
   */
  async reserve(): Promise<PooledConnection> {
    if (this.#ended) throw away("The database is closed: the process stops");
    const slot = this.#idle.pop() ?? this.#open() ?? await this.#wait();
    if (slot.discarded) {
      slot.sql = this.#connect(slot);
      slot.discarded = false;
    }
    slot.lost = false;
    let released = false;
    return {
      unsafe: (query, parameters, options) => {
        if (slot.lost || released) return query === "rollback" ? rolledBack() : refused();
        const pending = slot.sql.unsafe(query, parameters, options);
        const timer = setTimeout(() => discard(slot), this.#statementMs);
        pending.then(() => clearTimeout(timer), (error) => {
          clearTimeout(timer);
          if (isAway(error)) discard(slot);
        });
        return pending;
      },
      release: () => {
        if (released) return;
        released = true;
        const next = this.#waiting.shift();
        if (next) next.resolve(slot);
        else this.#idle.push(slot);
      },
    };
  }

  /** Ends all connections, after what is under way on them or three seconds. */
  async end(): Promise<void> {
    this.#ended = true;
    for (const waiting of this.#waiting.splice(0)) {
      waiting.reject(away("The database is closed: the process stops"));
    }
    await Promise.all(this.#slots.map(({ sql }) => sql.end({ timeout: 3 })));
  }

  #open(): Slot | undefined {
    if (this.#slots.length >= this.options.max) return undefined;
    const slot = { lost: false, discarded: false } as Slot;
    slot.sql = this.#connect(slot);
    this.#slots.push(slot);
    return slot;
  }

  #connect(slot: Slot): postgres.Sql {
    // A lifetime would end a session between two statements of a transaction.
    const sql = postgres(this.#url, {
      ...this.#driver,
      max: 1,
      max_lifetime: null,
      onclose: () => {
        if (slot.sql === sql) slot.lost = true;
      },
    });
    return sql;
  }

  async #wait(): Promise<Slot> {
    const turn = Promise.withResolvers<Slot>();
    this.#waiting.push(turn);
    const timer = setTimeout(() => {
      const place = this.#waiting.indexOf(turn);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      turn.reject(away("All database connections are busy: try again shortly"));
    }, this.#waitMs);
    try {
      return await turn.promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Gives a client up: what is under way on it fails at once. */
function discard(slot: Slot): void {
  if (slot.discarded) return;
  slot.lost = true;
  slot.discarded = true;
  slot.sql.end({ timeout: 0 });
}

function away(message: string): AntiphonError {
  return new AntiphonError("database_unavailable", message);
}

function isAway(error: unknown): boolean {
  const meant = fromDatabaseError(error);
  return meant instanceof AntiphonError && meant.code === "database_unavailable";
}

/** What a statement on a lost session gives, in the shape of a pending one. */
function refused(): Pending {
  return pendingLike(Promise.reject(away("The database went away under this: try again")));
}

/** The end of a session has rolled its transaction back: there is nothing left to do. */
function rolledBack(): Pending {
  return pendingLike(Promise.resolve(Object.assign([], { command: "ROLLBACK", count: 0 })));
}

function pendingLike(promise: Promise<unknown>): Pending {
  return Object.assign(promise, { cancel: () => {} }) as unknown as Pending;
}
