import type { AdminConnection } from "./admin_connection.ts";

const TABLE = "antiphon_keeper.heartbeat";

/**
 * A row that is written again and again at a primary: it shows whether a local commit comes
 * through, and gives the standby something to apply when nobody else does.
 */
export class Heartbeat {
  readonly #connection: AdminConnection;
  readonly #everyMs: number;
  #writes: "ok" | "failing" | null = null;
  #lastAt = -Infinity;
  #underWay = false;
  #prepared = false;
  /** What was begun in an earlier one tells nothing of this. */
  #round = 0;

  constructor(connection: AdminConnection, everyMs: number) {
    this.#connection = connection;
    this.#everyMs = everyMs;
  }

  /** How the last one went; null when there was none since the server began to be a primary. */
  get writes(): "ok" | "failing" | null {
    return this.#writes;
  }

  /** Writes if it is time. Returns at once. */
  beat(now: number): void {
    if (this.#underWay || now - this.#lastAt < this.#everyMs) return;
    this.#lastAt = now;
    this.#underWay = true;
    const round = this.#round;
    const tell = (writes: "ok" | "failing") => {
      this.#underWay = false;
      if (round === this.#round) this.#writes = writes;
    };
    this.#write().then(() => tell("ok"), () => tell("failing"));
  }

  /** Forgets how it went: the server is no primary. */
  rest(): void {
    this.#writes = null;
    this.#lastAt = -Infinity;
    this.#prepared = false;
    this.#round++;
  }

  /** Ends its connection; the next beat opens another. */
  close(): void {
    this.rest();
    this.#connection.close();
  }

  async #write(): Promise<void> {
    // The session's commits are local by its settings.
    if (!this.#prepared) await this.#prepare();
    this.#prepared = true;
    await this.#connection.use(
      1500,
      (sql) => sql`update antiphon_keeper.heartbeat set at = clock_timestamp()`,
    );
  }

  async #prepare(): Promise<void> {
    await this.#connection.use(5000, async (sql) => {
      const known = await sql`select to_regclass(${TABLE}) is not null as known`;
      if (known[0].known) return;
      await sql.unsafe(`
        begin;
        create schema if not exists antiphon_keeper;
        create table ${TABLE} (one boolean primary key check (one), at timestamptz not null);
        insert into ${TABLE} values (true, clock_timestamp());
        commit`);
    });
  }
}
