import type { Kysely } from "kysely";
import type { Message } from "../../protocol/interaction/message.ts";
import type { CellTables } from "../database/cell_tables.ts";

/** Messages of a thread that a desktop is shown at most. */
const MOST = 200;

/** The last messages of some interactions, oldest first. */
export async function loadMessages(
  db: Kysely<CellTables>,
  tenantId: string,
  by: { interactionIds: readonly string[] } | { messageIds: readonly string[] },
): Promise<Message[]> {
  const [column, ids] = "messageIds" in by
    ? ["id" as const, by.messageIds]
    : ["interaction_id" as const, by.interactionIds];
  if (ids.length === 0) return [];
  const rows = await db.selectFrom("cell.messages").selectAll()
    .where("tenant_id", "=", tenantId).where(column, "in", [...ids])
    .orderBy("at", "desc").orderBy("id", "desc").limit(MOST).execute();
  return rows.reverse().map((row) => ({
    id: row.id,
    interactionId: row.interaction_id,
    direction: row.direction,
    author: row.author,
    text: row.text,
    at: Number(row.at),
    status: row.status,
    failure: row.failure,
  }));
}
