import { type Kysely, sql } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { CommitUnit } from "./commit_unit.ts";

/** Rows of one insert at most: Postgres takes 65535 parameters a statement. */
const ROWS = 5000;

/**
 * Writes units in one transaction: events, effects, message bodies and statuses, ended records and
 * PoP positions. The primary key of the log refuses a sequence number that another owner took.
 */
export async function writeUnits(
  db: Kysely<CellTables>,
  epoch: number,
  units: readonly CommitUnit[],
  delivered: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (
      const rows of chunks(units.flatMap((unit) =>
        unit.events.map((body, i) => ({
          tenant_id: unit.tenantId,
          seq: unit.firstSeq + i,
          epoch,
          at: unit.at,
          body,
        }))
      ))
    ) await tx.insertInto("cell.events").values(rows).execute();

    for (
      const rows of chunks(
        units.flatMap((unit) =>
          unit.effects.map(({ id, effect }) => ({ id, tenant_id: unit.tenantId, body: effect }))
        ),
      )
    ) await tx.insertInto("cell.effects").values(rows).execute();

    await writeMessages(tx, units);

    for (
      const rows of chunks(units.flatMap((unit) =>
        unit.ended.map((record) => ({
          id: record.id,
          tenant_id: unit.tenantId,
          ended_at: record.endedAt!,
          record,
        }))
      ))
    ) {
      await tx.insertInto("cell.interactions").values(rows)
        .onConflict((c) =>
          c.column("id").doUpdateSet((e) => ({ record: e.ref("excluded.record") }))
        )
        .execute();
    }

    for (const position of lastPositions(units)) {
      await tx.insertInto("cell.pop_positions").values(position)
        .onConflict((c) =>
          c.columns(["pop_id", "boot_id"])
            .doUpdateSet((e) => ({ last_seq: e.ref("excluded.last_seq") }))
        ).execute();
    }
    if (delivered.length > 0) {
      await tx.deleteFrom("cell.effects").where("id", "in", [...delivered]).execute();
    }
  });
}

async function writeMessages(
  tx: Kysely<CellTables>,
  units: readonly CommitUnit[],
): Promise<void> {
  for (const unit of units) {
    const providerIds = new Map(
      unit.events.flatMap((event) =>
        event.type === "message.received" ? [[event.messageId, event.providerMessageId]] : []
      ),
    );
    if (unit.messages.length > 0) {
      await tx.insertInto("cell.messages").values(unit.messages.map((message) => ({
        id: message.id,
        tenant_id: unit.tenantId,
        interaction_id: message.interactionId,
        provider_message_id: providerIds.get(message.id) ?? null,
        direction: message.direction,
        author: message.author,
        text: message.text,
        at: message.at,
        status: message.status,
        failure: message.failure,
      }))).execute();
    }
    for (const event of unit.events) {
      if (event.type !== "message.status-changed") continue;
      // Providers report out of order: a status only moves forward, and failed is final.
      await sql`
        update cell.messages set status = ${event.status}, failure = ${event.failure},
          provider_message_id = coalesce(provider_message_id, ${event.providerMessageId})
        where tenant_id = ${unit.tenantId} and id = ${event.messageId}
          and array_position(array['pending','sent','delivered','read','failed'], status)
            < array_position(array['pending','sent','delivered','read','failed'],
                ${event.status}::text)`.execute(tx);
    }
  }
}

function lastPositions(units: readonly CommitUnit[]) {
  const last = new Map<string, { pop_id: string; boot_id: string; last_seq: number }>();
  for (const { popPosition } of units) {
    if (!popPosition) continue;
    last.set(`${popPosition.popId} ${popPosition.bootId}`, {
      pop_id: popPosition.popId,
      boot_id: popPosition.bootId,
      last_seq: popPosition.seq,
    });
  }
  return last.values();
}

function* chunks<T>(rows: T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += ROWS) yield rows.slice(i, i + ROWS);
}
