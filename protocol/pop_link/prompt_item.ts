import { z } from "zod";
import { LanguageTag } from "../ids/names.ts";
import { PromptName } from "../flow/flow_document.ts";

/** Characters that one text to be spoken may have. */
export const LONGEST_TEXT = 2000;
/** Items that one play may have. */
export const MOST_ITEMS = 20;

/** One thing a caller hears. A play's items are heard one after the other. */
export const PromptItem = z.discriminatedUnion("type", [
  /** A sound of the PoP's own library. */
  z.object({ type: z.literal("library"), name: PromptName }),
  /** Text spoken by the PoP's speech engine. */
  z.object({
    type: z.literal("say"),
    text: z.string().min(1).max(LONGEST_TEXT),
    language: LanguageTag,
    /** A voice of the engine; null for the language's own. */
    voice: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_+-]{0,62}$/).nullable(),
    /** The text has a caller's data: its audio is kept in memory only. */
    transient: z.boolean(),
  }),
  /** Audio that the tenant uploaded, by the SHA-256 of its µ-law codes, in hexadecimal. */
  z.object({ type: z.literal("audio"), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type PromptItem = z.infer<typeof PromptItem>;
