import { z } from "zod";
import { path } from "../../fields/path.ts";
import { SPOKEN } from "../../spoken/spoken_item.ts";

/** Plays to the caller. */
export const PlayActivity = z.strictObject({
  type: z.literal("play"),
  ...SPOKEN,
  next: path(),
  onError: path().optional(),
}).refine(
  ({ prompt, items }) => (prompt === undefined) !== (items === undefined),
  "give `prompt` or `items`",
);
export type PlayActivity = z.infer<typeof PlayActivity>;
