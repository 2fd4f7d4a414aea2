import { z } from "zod";
import { DisplayName, PopId, RegionId } from "../../protocol/ids/names.ts";

/** A part of the world with PoPs of its own, as the platform plans for it. */
export const Geography = z.object({
  id: RegionId,
  name: DisplayName,
  /** Regions whose cells run tenants here. Empty: there are none, see `servedFrom`. */
  serviceRegions: z.array(RegionId),
  /** The services region that runs this geography's tenants when it has none itself. */
  servedFrom: RegionId.nullable(),
  /** Regions where media is processed, so that audio stays in the geography. */
  mediaRegions: z.array(z.object({ id: RegionId, name: DisplayName })),
  pops: z.array(z.object({ id: PopId, city: DisplayName, region: RegionId })),
}).meta({ id: "Geography" });
export type Geography = z.infer<typeof Geography>;
