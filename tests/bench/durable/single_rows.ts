import postgres from "postgres";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";

/** About what an event of the log has. */
const BODY = {
  type: "offer.made",
  interactionId: "01890a5d-ac96-774b-bcce-b302099a8057",
  offerId: "01890a5d-ac96-774b-bcce-b302099a8058",
  agentId: "anna",
  expiresAt: 1_700_000_000_000,
};

/**
 * Transactions a second, each the prepared insert of one row with a primary key and a JSON body,
 * one after the other on each of so many connections.
 */
export async function singleRows(url: string, connections: number, ms: number): Promise<number> {
  const sql = postgres(url, { max: connections, onnotice: () => {} });
  try {
    await sql`create table if not exists single_rows (
      id uuid not null, seq bigint not null, at bigint not null, body jsonb not null,
      primary key (id, seq))`;
    const newId = uuidV7();
    let count = 0;
    const from = performance.now();
    await Promise.all(Array.from({ length: connections }, async () => {
      const id = newId();
      for (let seq = 1; performance.now() - from < ms; seq++) {
        await sql`insert into single_rows (id, seq, at, body)
          values (${id}, ${seq}, ${Date.now()}, ${sql.json(BODY)})`;
        count += 1;
      }
    }));
    const seconds = (performance.now() - from) / 1000;
    await sql`drop table single_rows`;
    return count / seconds;
  } finally {
    await sql.end();
  }
}
