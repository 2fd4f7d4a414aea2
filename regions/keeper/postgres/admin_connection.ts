import postgres from "postgres";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { within } from "./within.ts";

/** Where a superuser connects. */
export interface AdminAddress extends Pick<KeptInstallation, "superuser"> {
  host: string;
  port: number;
}

/** How an {@linkcode AdminConnection} is opened. */
export interface AdminConnectionOptions {
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections at most; 1 by default. */
  max?: number;
  /** Settings of its sessions. */
  settings?: Readonly<Record<string, string>>;
}

/**
 * A superuser's connections to a server that may vanish at any moment: opened when asked, thrown
 * away at the first failure, so that nothing waits on what is dead.
 */
export class AdminConnection {
  readonly #address: AdminAddress;
  readonly #options: AdminConnectionOptions;
  #sql: postgres.Sql | undefined;

  constructor(address: AdminAddress, options: AdminConnectionOptions) {
    this.#address = address;
    this.#options = options;
  }

  /**
   * Does some work within `ms` milliseconds.
   * @throws AntiphonError `database_unavailable`, its message that of the failure
   */
  async use<T>(ms: number, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = this.#sql ??= this.#open();
    try {
      // What the driver throws at once is a failure like any other.
      return await within(ms, "The server's answer", (async () => await work(sql))());
    } catch (cause) {
      this.#drop(sql);
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new AntiphonError("database_unavailable", message, { cause });
    }
  }

  /** Ends the connections at once. It may be used again. */
  close(): void {
    if (this.#sql) this.#drop(this.#sql);
  }

  #drop(sql: postgres.Sql): void {
    if (this.#sql === sql) this.#sql = undefined;
    // It closes its sockets at once; what it says then is of no interest any more.
    sql.end({ timeout: 0 }).catch(() => {});
  }

  #open(): postgres.Sql {
    const { host, port, superuser } = this.#address;
    return postgres({
      host,
      port,
      username: superuser.name,
      password: superuser.password,
      database: "postgres",
      max: this.#options.max ?? 1,
      connect_timeout: 2,
      idle_timeout: 0,
      max_lifetime: null,
      backoff: () => 0.05,
      fetch_types: false,
      prepare: true,
      connection: { application_name: this.#options.name, ...this.#options.settings },
      onnotice: () => {},
    });
  }
}
