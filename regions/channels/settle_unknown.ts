import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import { OUTCOME_UNKNOWN } from "../messages/status_moves.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import type { ProviderAttempts } from "./deliver_to_provider.ts";

/** What {@linkcode settleUnknown} needs. */
export interface SettlePorts {
  db: Kysely<CellTables>;
  runner: (tenantId: string) => Promise<Pick<TenantRunner, "submit"> | undefined>;
  attempts: ProviderAttempts;
  now: () => number;
}

/**
 * Within this time a provider's status is expected for what was sent without an answer, in
 * milliseconds. No request takes nearly as long.
 */
export const OUTCOME_MS = 60_000;
/** How often messages are looked through for such that nobody told of, in milliseconds. */
export const SETTLE_EVERY_MS = 5_000;
const MOST = 200;

/**
 * Marks messages as failed of which nobody knows whether they went out, since neither an answer nor
 * a status has come in time: their agents see it, and may write anew. A status that comes later
 * still counts. Returns how many there were. O(messages under way), by an index of their own.
 */
export async function settleUnknown({ db, runner, attempts, now }: SettlePorts): Promise<number> {
  const rows = await db.selectFrom("cell.messages").select(["tenant_id", "id", "interaction_id"])
    .where("status", "=", "pending").where("sending_at", "is not", null)
    .where("sending_at", "<", String(now() - OUTCOME_MS))
    .orderBy("sending_at").limit(MOST).execute();
  let settled = 0;
  for (const { tenant_id, id, interaction_id } of rows) {
    // This process knows better and is about to say so.
    if (attempts.has(id)) continue;
    const submitted = await (await runner(tenant_id))?.submit({
      type: "message-status",
      interactionId: interaction_id,
      messageId: id,
      status: "failed",
      providerMessageId: null,
      failure: OUTCOME_UNKNOWN,
    });
    if (submitted) settled += 1;
  }
  return settled;
}
