import { sql, type Transaction } from "kysely";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { claimKey } from "../idempotency/claim_key.ts";
import { keepAnswer } from "../idempotency/keep_answer.ts";
import { writeAudit } from "../audit/write_audit.ts";
import { CHANGE_CHANNEL } from "../snapshots/listen_for_changes.ts";
import type { Change, ChangeRequest } from "./change.ts";

/** What became of a change: its answer, and whether it is one from before. */
export interface Applied<T> {
  answer: T;
  replayed: boolean;
}

/**
 * Runs a change in one transaction with its idempotency record and its audit line, then wakes
 * whoever waits for configuration. A repeat of the same request gets the answer of the first; one
 * that comes while the first is under way waits for it.
 * @throws AntiphonError `idempotency_key_reused`, and whatever `work` throws; nothing is kept then
 */
export async function applyChange<T>(
  context: ControlPlaneContext,
  request: ChangeRequest,
  work: (tx: Transaction<ControlTables>) => Promise<Change<T>>,
): Promise<Applied<T>> {
  const { idempotency, principal } = request;
  const owner = principal.clientId;
  const applied = await context.db.transaction().execute(async (tx): Promise<Applied<T>> => {
    if (idempotency) {
      const before = await claimKey(context, tx, { owner, ...idempotency });
      if (before !== null) return { answer: JSON.parse(before) as T, replayed: true };
    }
    const change = await work(tx);
    await writeAudit(context, tx, request, change);
    if (idempotency) {
      await keepAnswer(context, tx, { owner, key: idempotency.key, answer: change.answer });
    }
    await sql`select pg_notify(${sql.lit(CHANGE_CHANNEL)}, '')`.execute(tx);
    return { answer: change.answer, replayed: false };
  });
  if (!applied.replayed) context.changes.raise();
  return applied;
}
