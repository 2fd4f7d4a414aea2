import type { z } from "zod";
import { Slug } from "../../../protocol/ids/names.ts";
import { marked } from "./marked.ts";

/** A field that names the activity a flow goes on with. */
export function path(): z.ZodType<string, string> {
  return marked(Slug, { kind: "path" });
}
