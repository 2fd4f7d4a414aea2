import { z } from "zod";
import { PhoneNumber, Slug } from "../ids/names.ts";
import { Named } from "./named.ts";

/**
 * A team of a site. With `capacity` it has no agents: it is a number that takes so many calls at
 * once, such as an answering service ("capacity based team").
 */
export const Team = Named.extend({
  siteId: Slug,
  /** Skills of its agents, below what their own profiles say. */
  skillProfileId: Slug.optional(),
  multimediaProfileId: Slug.optional(),
  capacity: z.object({
    number: PhoneNumber,
    /** Calls it takes at once. */
    calls: z.number().int().min(1).max(10_000),
    /** An unanswered call comes back to its place after this. */
    ringSeconds: z.number().int().min(5).max(120).default(30),
  }).optional(),
});
export type Team = z.infer<typeof Team>;
