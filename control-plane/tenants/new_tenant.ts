import { z } from "zod";
import { ClusterId, DisplayName, RegionId, Slug, Uuid } from "../../protocol/ids/names.ts";
import { Durability } from "../../protocol/topology/durability.ts";

/** What makes a tenant. It goes to the named cluster, or to one at home in the region, or to the default. */
export const NewTenant = z.strictObject({
  slug: Slug.meta({ description: "Unique on the platform; people sign on with it" }),
  name: DisplayName,
  clusterId: ClusterId.optional(),
  region: RegionId.optional(),
  durability: Durability.default("region"),
  partnerId: Uuid.optional().meta({ description: "For the operator: whose tenant it will be" }),
}).refine((tenant) => tenant.clusterId === undefined || tenant.region === undefined, {
  path: ["region"],
  message: "Give clusterId or region, not both",
}).meta({ id: "NewTenant" });
export type NewTenant = z.infer<typeof NewTenant>;
