import type postgres from "postgres";
import { SLOT_PREFIX, slotName } from "./slot_name.ts";

/**
 * Makes the physical slots of a server the right ones: a primary has one for its standby, a standby
 * has none. A slot that has lost its WAL is made anew: the standby behind it needs a new copy. Slots
 * of others, those of logical subscribers above all, are left alone, and so is one in use.
 *
 * @param standby the site whose standby this server feeds; null at a standby
 */
export async function keepSlots(sql: postgres.Sql, standby: string | null): Promise<void> {
  const wanted = standby === null ? null : slotName(standby);
  const slots = await sql`
    select slot_name, active, coalesce(wal_status = 'lost', false) as lost
    from pg_replication_slots
    where slot_type = 'physical' and starts_with(slot_name, ${SLOT_PREFIX})`;
  let have = false;
  for (const { slot_name, active, lost } of slots) {
    if (slot_name === wanted && !lost) have = true;
    else if (!active) await sql`select pg_drop_replication_slot(${slot_name})`;
  }
  if (wanted !== null && !have) {
    await sql`select pg_create_physical_replication_slot(${wanted}, true)`;
  }
}
