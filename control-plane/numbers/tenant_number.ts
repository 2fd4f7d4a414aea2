import { z } from "zod";
import { PhoneNumber, Uuid } from "../../protocol/ids/names.ts";

/** What gives a tenant a number. */
export const NewNumber = z.strictObject({ number: PhoneNumber }).meta({ id: "NewNumber" });

/** A number and the tenant it reaches. */
export const TenantNumber = z.object({ number: PhoneNumber, tenantId: Uuid })
  .meta({ id: "TenantNumber" });
export type TenantNumber = z.infer<typeof TenantNumber>;
