import { z } from "zod";
import { ClusterId, Epoch, RegionId } from "../ids/names.ts";

/**
 * What a site's keeper says to the cell beside it: answer of
 * `GET /v1/clusters/{clusterId}/lease`. The cell counts `validMs` from before it asked.
 */
export const LeaseAnswer = z.object({
  clusterId: ClusterId,
  /** Who answers. */
  site: RegionId,
  /**
   * Whether this site may act for the cluster now: it holds the majority's lease, its server is the
   * primary, and the majority knows which sites have everything that will be acknowledged.
   */
  held: z.boolean(),
  /** How long that stands, in milliseconds; 0 when it is not held. */
  validMs: z.number().nonnegative(),
  /** Where the cluster is active, as far as this site knows. */
  active: z.object({ site: RegionId, epoch: Epoch }).nullable(),
});
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;
