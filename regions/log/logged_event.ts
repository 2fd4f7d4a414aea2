import type { TenantEvent } from "../tenants/tenant_event.ts";

/** One record of a tenant's log. */
export interface LoggedEvent {
  /** Its number; left out, it is the one after the last. Of an upcast row several may have one. */
  seq?: number;
  /** When it happened, epoch ms. */
  at: number;
  event: TenantEvent;
}
