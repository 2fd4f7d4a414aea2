import { z } from "zod";
import { marked } from "./marked.ts";

/** A field whose text may hold `{{ expressions }}`. */
export function template(max = 4096): z.ZodString {
  return marked(z.string().max(max), { kind: "template" });
}
