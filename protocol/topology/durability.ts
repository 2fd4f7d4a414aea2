import { z } from "zod";

/**
 * What a tenant's work outlives once it is acknowledged. `region`: the loss of a whole region, since
 * each commit waits for the standby region. `zone`: the loss of a machine; a region that is lost
 * takes the last moments with it, and no commit waits for another region.
 */
export const Durability = z.enum(["region", "zone"]).meta({
  id: "Durability",
  description: "What acknowledged work outlives: the loss of a region, or of a machine only",
});
export type Durability = z.infer<typeof Durability>;
