import { z } from "zod";
import { Durability } from "../../protocol/topology/durability.ts";

/** What of a tenant can be changed. */
export const TenantChange = z.strictObject({ durability: Durability }).meta({ id: "TenantChange" });
export type TenantChange = z.infer<typeof TenantChange>;
