import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";

/** Opens a page on the desktop of the agent who has the interaction. */
export const ScreenPopActivity = z.strictObject({
  type: z.literal("screen-pop"),
  /** An https address; may hold expressions. */
  url: template(2048).min(1),
  title: template(128).default("Customer"),
  next: path().optional(),
  onError: path().optional(),
});
export type ScreenPopActivity = z.infer<typeof ScreenPopActivity>;
