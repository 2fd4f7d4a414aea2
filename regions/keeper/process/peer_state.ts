import { z } from "zod";
import { RegionId } from "../../../protocol/ids/names.ts";

/** What a keeper tells the keeper of the other data site of itself: `GET …/clusters/{id}/peer`. */
export const PeerState = z.object({
  /** Its server takes queries and nothing is wrong with it. */
  healthy: z.boolean(),
  cellHealthy: z.boolean(),
  seeding: z.boolean(),
});
export type PeerState = z.infer<typeof PeerState>;

/** Body of `POST …/clusters/{id}/take`: the sender has given its term of the lease back. */
export const Take = z.object({ site: RegionId, term: z.number().int().nonnegative() });
export type Take = z.infer<typeof Take>;
