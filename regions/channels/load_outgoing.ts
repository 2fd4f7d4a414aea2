import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { OutgoingMessage } from "./deliver_to_provider.ts";

/** A stored message as far as sending it goes; undefined when it is gone. */
export async function loadOutgoing(
  db: Kysely<CellTables>,
  tenantId: string,
  messageId: string,
): Promise<OutgoingMessage | undefined> {
  const row = await db.selectFrom("cell.messages").select(["status", "text", "at", "sending_at"])
    .where("tenant_id", "=", tenantId).where("id", "=", messageId).executeTakeFirst();
  return row && {
    status: row.status,
    text: row.text,
    at: Number(row.at),
    sendingAt: row.sending_at === null ? null : Number(row.sending_at),
  };
}
