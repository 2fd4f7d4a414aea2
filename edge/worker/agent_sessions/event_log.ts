import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import type { Sql } from "../storage/sql.ts";

/** An event with its number, as a desktop gets it. */
export type NumberedEvent = Extract<SessionFrame, { type: "event" }>;

/** An event to number. Without a `deliveryId` it is the edge's own and never a repeat. */
export interface NewEvent {
  deliveryId: string | null;
  event: AgentEvent;
}

const MOST_EVENTS = 500;
const MOST_DELIVERIES = 4_000;
const KEEP_MS = 24 * 60 * 60_000;

/** One agent's events, numbered from 1 without gaps: the last 500 of the last day. */
export class EventLog {
  #last: number;

  constructor(readonly sql: Sql) {
    sql.all(`CREATE TABLE IF NOT EXISTS event
      (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, json TEXT NOT NULL)`);
    sql.all(`CREATE TABLE IF NOT EXISTS delivery
      (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL)`);
    const [row] = sql.all<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'event'");
    this.#last = row?.seq ?? 0;
  }

  /** Number of the newest event, 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Numbers and keeps those whose delivery has not come before. Returns them. */
  append(events: readonly NewEvent[], at: number): NumberedEvent[] {
    const kept = this.sql.transaction(() => {
      this.#prune();
      this.expire(at);
      const numbered: NumberedEvent[] = [];
      for (const { deliveryId, event } of events) {
        if (deliveryId !== null && !this.#firstTime(deliveryId, at)) continue;
        const [{ seq }] = this.sql.all<{ seq: number }>(
          "INSERT INTO event (at, json) VALUES (?, ?) RETURNING seq",
          at,
          JSON.stringify(event),
        );
        numbered.push({ type: "event", seq, event });
      }
      return numbered;
    });
    this.#last = kept.at(-1)?.seq ?? this.#last;
    return kept;
  }

  /** All events after `seq`; null when some of them are gone, or `seq` was never given. */
  since(seq: number): NumberedEvent[] | null {
    if (seq === this.#last) return [];
    const rows = this.sql.all<{ seq: number; json: string }>(
      "SELECT seq, json FROM event WHERE seq > ? ORDER BY seq",
      seq,
    );
    if (seq > this.#last || rows[0]?.seq !== seq + 1) return null;
    return rows.map((row) => ({ type: "event", seq: row.seq, event: JSON.parse(row.json) }));
  }

  /** When the oldest event kept is to be forgotten; null: none is kept. */
  get expiresAt(): number | null {
    const [oldest] = this.sql.all<{ at: number }>("SELECT at FROM event ORDER BY seq LIMIT 1");
    return oldest ? oldest.at + KEEP_MS : null;
  }

  /** Forgets events of more than a day ago. */
  expire(now: number): void {
    for (let at = this.expiresAt; at !== null && at <= now; at = this.expiresAt) {
      this.sql.all(
        "DELETE FROM event WHERE at <= ? AND seq < (SELECT min(seq) FROM event) + 100",
        now - KEEP_MS,
      );
    }
  }

  #firstTime(id: string, at: number): boolean {
    return this.sql.all(
      "INSERT INTO delivery (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING n",
      id,
      at,
    ).length > 0;
  }

  #prune(): void {
    this.sql.all("DELETE FROM event WHERE seq <= ?", this.#last - MOST_EVENTS);
    this.sql.all(
      "DELETE FROM delivery WHERE n <= (SELECT max(n) FROM delivery) - ?",
      MOST_DELIVERIES,
    );
  }
}
