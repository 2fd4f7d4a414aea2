import { z } from "zod";
import { PromptName } from "../../../../protocol/flow/flow_document.ts";
import { path } from "../../fields/path.ts";

/** Plays to the caller. */
export const PlayActivity = z.strictObject({
  type: z.literal("play"),
  prompt: PromptName,
  next: path(),
  onError: path().optional(),
});
export type PlayActivity = z.infer<typeof PlayActivity>;
