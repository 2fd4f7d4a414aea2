import type { Kysely } from "kysely";
import type { Change, ChangeRequest } from "../changes/change.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";

/** Writes one line of the audit: who changed what, when, by which request. */
export async function writeAudit(
  { now, newId }: Pick<ControlPlaneContext, "now" | "newId">,
  db: Kysely<ControlTables>,
  { principal, requestId }: Pick<ChangeRequest, "principal" | "requestId">,
  change: Pick<Change<unknown>, "action" | "subject" | "data" | "partnerId">,
): Promise<void> {
  await db.insertInto("control.audit").values({
    id: newId(),
    at: new Date(now()),
    actor: principal.clientId,
    action: change.action,
    subject: change.subject,
    partner_id: change.partnerId,
    request_id: requestId,
    data: change.data ?? {},
  }).execute();
}
