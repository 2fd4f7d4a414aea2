import type { Transaction } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";

/** How long an answer is kept for repeats, in milliseconds. */
const KEPT_MS = 24 * 3600_000;

/** A key a client chose, within that client's own. */
export interface KeyClaim {
  owner: string;
  key: string;
  /** Of method, path and body. */
  fingerprint: string;
}

/**
 * Claims an idempotency key for this transaction. Null: it is ours, do the work. A text: the
 * answer (JSON) that an earlier request with this key got. While another transaction holds the
 * key, the claim waits for it.
 * @throws AntiphonError `idempotency_key_reused` when the key was used for another request
 */
export async function claimKey(
  { now, sealer }: Pick<ControlPlaneContext, "now" | "sealer">,
  tx: Transaction<ControlTables>,
  { owner, key, fingerprint }: KeyClaim,
): Promise<string | null> {
  const fresh = { fingerprint, answer: null, expires_at: new Date(now() + KEPT_MS) };
  const claimed = await tx.insertInto("control.idempotency").values({ owner, key, ...fresh })
    .onConflict((conflict) =>
      conflict.columns(["owner", "key"]).doUpdateSet(fresh)
        .where("control.idempotency.expires_at", "<=", new Date(now()))
    )
    .returning("key").executeTakeFirst();
  if (claimed) return null;
  const before = await tx.selectFrom("control.idempotency").select(["fingerprint", "answer"])
    .where("owner", "=", owner).where("key", "=", key).executeTakeFirstOrThrow();
  if (before.fingerprint !== fingerprint) {
    throw new AntiphonError(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another request: choose a new one",
    );
  }
  return await sealer.open(before.answer!);
}
