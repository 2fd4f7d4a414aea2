import type { ControlPlaneContext } from "../control_plane_context.ts";

/** Deletes answers that are past their time. Returns how many. */
export async function forgetExpired(
  { db, now }: Pick<ControlPlaneContext, "db" | "now">,
): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("control.idempotency")
    .where("expires_at", "<=", new Date(now())).executeTakeFirst();
  return Number(numDeletedRows);
}
