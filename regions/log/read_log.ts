import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { eventsOfRow } from "./events_of_row.ts";
import type { LoggedEvent } from "./logged_event.ts";

/** Rows fetched at once. */
const PAGE = 5000;

/** Which part of a log is read. */
export interface LogPart {
  /** Number of the last event that is known already. */
  after?: number;
  /** Number of the last event that is read. */
  until?: number;
  /** The reader's epoch: a record of a later one means that the log is another's. */
  epoch?: number;
  /** Rows fetched at once: each page is handled in one go. */
  page?: number;
  /** Ends the reading between two pages. */
  signal?: AbortSignal;
}

/**
 * A tenant's log, oldest first, in pages, each event brought to the present version.
 * @throws AntiphonError `unavailable` when a number is missing or a record cannot be read,
 * `stale_epoch` when a later epoch has written to it
 */
export async function* readLog(
  db: Kysely<CellTables>,
  tenantId: string,
  part: LogPart = {},
): AsyncGenerator<LoggedEvent> {
  const { until = Number.MAX_SAFE_INTEGER, epoch = Infinity, page = PAGE, signal } = part;
  let { after = 0 } = part;
  for (;;) {
    signal?.throwIfAborted();
    const rows = await db.selectFrom("cell.events")
      .select(["seq", "at", "epoch", "version", "body"])
      .where("tenant_id", "=", tenantId)
      .where("seq", ">", String(after)).where("seq", "<=", String(until))
      .orderBy("seq").limit(page).execute();
    for (const row of rows) {
      const seq = Number(row.seq);
      if (seq !== after + 1) {
        throw new AntiphonError("unavailable", `The log lacks event ${after + 1}`, {
          data: { seq: after + 1 },
        });
      }
      if (row.epoch > epoch) {
        throw new AntiphonError("stale_epoch", `Epoch ${row.epoch} has written to this log`);
      }
      after = seq;
      yield* eventsOfRow({ seq, at: Number(row.at), version: row.version, body: row.body });
    }
    if (rows.length < page) return;
  }
}
