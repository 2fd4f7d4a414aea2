import type { Kysely } from "kysely";
import type { CellTables } from "../../database/cell_tables.ts";
import { unpackTrace } from "./pack_trace.ts";
import type { StoredTraceItem } from "./stored_trace_item.ts";
import { TraceCursor } from "./trace_cursor.ts";

/** Decisions read at once. */
const ROWS = 20;

/** Which items are read. */
export interface TracePage {
  tenantId: string;
  interactionId: string;
  /** The last item that is known. */
  after: TraceCursor;
  /** Items at most. */
  limit: number;
}

/**
 * Stored items of one interaction's trace, oldest first. O(limit + items of one decision).
 * @returns fewer than `limit` only when there are no more
 */
export async function readTrace(
  db: Kysely<CellTables>,
  { tenantId, interactionId, after, limit }: TracePage,
): Promise<StoredTraceItem[]> {
  const found: StoredTraceItem[] = [];
  let { seq, n } = after;
  for (;;) {
    const rows = await db.selectFrom("cell.flow_traces").select(["seq", "at", "items"])
      .where("tenant_id", "=", tenantId).where("interaction_id", "=", interactionId)
      .where("seq", ">=", String(seq)).orderBy("seq").limit(ROWS).execute();
    for (const row of rows) {
      const from = Number(row.seq) === seq ? n : 0;
      const items = unpackTrace(row.items, { interactionId, at: Number(row.at) });
      for (const [i, item] of items.slice(from).entries()) {
        found.push({ id: `${row.seq}.${from + i + 1}`, item });
        if (found.length === limit) return found;
      }
    }
    if (rows.length < ROWS) return found;
    seq = Number(rows.at(-1)!.seq) + 1;
    n = 0;
  }
}

/** The cursor that stands behind an item. */
export function behind(item: StoredTraceItem): TraceCursor {
  return TraceCursor.parse(item.id);
}
