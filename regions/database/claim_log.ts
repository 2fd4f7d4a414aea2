import { type Kysely, sql } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "./cell_tables.ts";

/** The process that may append to a cluster's log. */
export interface LogOwner {
  epoch: number;
  /** Tells two processes of one epoch apart. */
  token: string;
}

/**
 * Makes this process the log's owner. Appends under way are waited for; those that come later from
 * whoever owned it before are refused, so that nothing is added behind the back of its reader.
 * @throws AntiphonError `stale_epoch` when a later epoch has claimed it
 */
export async function claimLog(
  db: Kysely<CellTables>,
  epoch: number,
  token: string,
): Promise<LogOwner> {
  const claimed = await sql`
    insert into cell.owner (epoch, token) values (${epoch}, ${token})
    on conflict (id) do update set epoch = excluded.epoch, token = excluded.token
      where cell.owner.epoch <= excluded.epoch
    returning 1`.execute(db);
  if (claimed.rows.length > 0) return { epoch, token };
  throw new AntiphonError(
    "stale_epoch",
    "A later epoch has written this database: connect to the cluster's present primary",
  );
}
