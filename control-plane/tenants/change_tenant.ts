import type { Transaction } from "kysely";
import type { Change } from "../changes/change.ts";
import type { ControlTables } from "../database/control_tables.ts";
import type { Principal } from "../tokens/principal.ts";
import type { Tenant } from "./tenant.ts";
import type { TenantChange } from "./tenant_change.ts";
import { tenantById } from "./tenant_rows.ts";

/**
 * Changes a tenant. Its cluster goes by it from the first commit after the change has reached it.
 * @throws AntiphonError `not_found` when there is none, or it is another partner's
 */
export async function changeTenant(
  tx: Transaction<ControlTables>,
  principal: Principal,
  id: string,
  { durability }: TenantChange,
): Promise<Change<Tenant>> {
  const { tenant, partnerId } = await tenantById(tx, principal, id);
  await tx.updateTable("cfg.tenants").set({ durability }).where("id", "=", id).execute();
  return {
    action: "tenant.changed",
    subject: id,
    partnerId,
    data: { durability, before: tenant.durability },
    answer: { ...tenant, durability },
  };
}
