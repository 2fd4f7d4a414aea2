import { z } from "zod";
import { ClusterId, DisplayName, RegionId, Slug, Uuid } from "../../protocol/ids/names.ts";
import { Durability } from "../../protocol/topology/durability.ts";

/** A tenant as partners see it. */
export const Tenant = z.object({
  id: Uuid,
  slug: Slug,
  name: DisplayName,
  clusterId: ClusterId,
  homeRegion: RegionId,
  standbyRegion: RegionId.nullable(),
  status: z.enum(["active", "suspended"]),
  durability: Durability,
  createdAt: z.iso.datetime(),
}).meta({ id: "Tenant" });
export type Tenant = z.infer<typeof Tenant>;
