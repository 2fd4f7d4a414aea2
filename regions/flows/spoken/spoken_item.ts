import { z } from "zod";
import { PromptName } from "../../../protocol/flow/flow_document.ts";
import { MOST_ITEMS } from "../../../protocol/pop_link/prompt_item.ts";
import { reference } from "../fields/reference.ts";
import { template } from "../fields/template.ts";

const Voice = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_+-]{0,62}$/);

/** One thing that a flow lets a caller hear, in the flow's language. */
export const SpokenItem = z.discriminatedUnion("type", [
  /** A sound of the platform's own. */
  z.strictObject({ type: z.literal("library"), name: PromptName }),
  /** Audio that the tenant uploaded. */
  z.strictObject({ type: z.literal("prompt"), promptId: reference("prompt") }),
  /** Text that is spoken; nothing is said of one that renders to nothing. */
  z.strictObject({
    type: z.literal("say"),
    text: template(2000).min(1),
    voice: Voice.optional(),
  }),
  /** The caller's place in a queue, or about how long it takes, in words. */
  z.strictObject({
    type: z.literal("announce"),
    what: z.enum(["position", "wait"]),
    queueId: reference("queue"),
    voice: Voice.optional(),
  }),
]);
export type SpokenItem = z.infer<typeof SpokenItem>;

/** What a caller hears, one after the other. */
export const SpokenItems = z.array(SpokenItem).min(1).max(MOST_ITEMS);

/** The fields of an activity that plays: `prompt` is short for one sound of the library. */
export const SPOKEN = {
  prompt: PromptName.optional(),
  items: SpokenItems.optional(),
};

/** The items of an activity with the fields of `SPOKEN`. */
export function spokenItems(
  { prompt, items }: { prompt?: string; items?: readonly SpokenItem[] },
): readonly SpokenItem[] {
  if (items) return items;
  return prompt === undefined ? [] : [{ type: "library", name: prompt }];
}
