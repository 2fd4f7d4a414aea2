import { z } from "zod";

/**
 * What a keeper knows of its data folder for certain; kept in its state folder. Without it a folder
 * with data counts as unknown: it never becomes a primary by itself.
 */
export const KeeperMemory = z.object({
  /** "none": nothing, or a copy that was not finished. */
  data: z.enum(["none", "standby", "primary"]),
  /** The term under which it became that. */
  term: z.number().int().nonnegative(),
  /** A primary that was stopped cleanly and handed over: it may follow without a new copy. */
  handedOver: z.boolean(),
});
export type KeeperMemory = z.infer<typeof KeeperMemory>;
