import { z } from "zod";
import { ClusterId, PopId, RegionId } from "../../protocol/ids/names.ts";
import { Geography } from "./geography.ts";

/** The reference topology and what of it, or besides it, is deployed. */
export const Topology = z.object({
  geographies: z.array(Geography),
  deployed: z.object({
    clusters: z.array(z.object({
      id: ClusterId,
      homeRegion: RegionId,
      standbyRegion: RegionId.nullable(),
    })),
    pops: z.array(z.object({
      id: PopId,
      name: z.string(),
      region: RegionId,
      sip: z.array(z.string()).meta({ description: "Where carriers send calls" }),
    })),
  }),
}).meta({ id: "Topology" });
export type Topology = z.infer<typeof Topology>;
