import type { Transaction } from "kysely";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";

/** Keeps the answer of a claimed key, sealed, for repeats of the request. */
export async function keepAnswer(
  { sealer }: Pick<ControlPlaneContext, "sealer">,
  tx: Transaction<ControlTables>,
  { owner, key, answer }: { owner: string; key: string; answer: unknown },
): Promise<void> {
  await tx.updateTable("control.idempotency")
    .set({ answer: await sealer.seal(JSON.stringify(answer)) })
    .where("owner", "=", owner).where("key", "=", key).execute();
}
