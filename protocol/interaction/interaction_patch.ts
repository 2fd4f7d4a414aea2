import { z } from "zod";

/** Body of `PATCH /v1/interactions/{id}`. */
export const InteractionPatch = z.strictObject({
  /** Of a waiting contact; higher is served first. */
  priority: z.number().int().min(0).max(9),
});
export type InteractionPatch = z.infer<typeof InteractionPatch>;
