import type { SqlStorage } from "@cloudflare/workers-types";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";

/** Events kept for desktops that come back, and deliveries remembered for repeats. */
const KEEP = 500;

/** A numbered event. */
export interface NumberedEvent {
  seq: number;
  event: AgentEvent;
}

/**
 * The numbered events of one agent's session, in the object's SQLite. Numbers never repeat within
 * a session id; a new id means that nothing before it can be resumed.
 */
export class EventJournal {
  constructor(readonly sql: SqlStorage, readonly newId: () => string) {
    sql.exec(
      `create table if not exists events (seq integer primary key autoincrement, body text)`,
    );
    sql.exec(`create table if not exists taken (id text primary key, n integer)`);
    sql.exec(`create table if not exists facts (name text primary key, value text)`);
  }

  /** The session's id. */
  get session(): string {
    return this.fact("session") ?? this.#begin();
  }

  /** Numbers an event and keeps it. */
  append(event: AgentEvent): NumberedEvent {
    const [{ seq }] = this.sql.exec<{ seq: number }>(
      "insert into events (body) values (?) returning seq",
      JSON.stringify(event),
    );
    this.sql.exec("delete from events where seq <= ?", seq - KEEP);
    return { seq, event };
  }

  /** Numbers an event unless its delivery was taken before. */
  take(deliveryId: string, event: AgentEvent): NumberedEvent | undefined {
    const repeated = [...this.sql.exec("select 1 from taken where id = ?", deliveryId)].length > 0;
    if (repeated) return undefined;
    const numbered = this.append(event);
    this.sql.exec("insert into taken values (?, ?)", deliveryId, numbered.seq);
    this.sql.exec("delete from taken where n <= ?", numbered.seq - 4 * KEEP);
    return numbered;
  }

  /** Events after `lastSeq`, or undefined when they are not all there any more. */
  since(session: string | null, lastSeq: number | null): NumberedEvent[] | undefined {
    if (session === null || lastSeq === null || session !== this.fact("session")) return undefined;
    const rows = [
      ...this.sql.exec<{ seq: number; body: string }>("select * from events order by seq"),
    ];
    const newest = rows.at(-1)?.seq ?? lastSeq;
    const oldest = rows[0]?.seq ?? lastSeq + 1;
    if (lastSeq > newest || lastSeq < oldest - 1) return undefined;
    return rows.filter((row) => row.seq > lastSeq)
      .map((row) => ({ seq: row.seq, event: JSON.parse(row.body) }));
  }

  /** Forgets the session: whoever comes next begins with a snapshot. */
  end(): void {
    this.sql.exec("delete from events");
    this.#begin();
  }

  /** A fact kept beside the events. */
  fact(name: string): string | undefined {
    return [...this.sql.exec<{ value: string }>("select value from facts where name = ?", name)][0]
      ?.value;
  }

  keep(name: string, value: string): void {
    this.sql.exec("insert or replace into facts values (?, ?)", name, value);
  }

  #begin(): string {
    const id = this.newId();
    this.keep("session", id);
    return id;
  }
}
