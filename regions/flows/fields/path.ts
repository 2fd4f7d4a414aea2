import type { z } from "zod";
import { Slug } from "../../../protocol/ids/names.ts";
import { marked } from "./marked.ts";

/** An activity's id where a document names it: a string, told apart by flows written as code. */
export type PathInput = string & { readonly __field?: "path" };

/** A field that names the activity a flow goes on with. */
export function path(): z.ZodType<string, PathInput> {
  return marked(Slug, { kind: "path" });
}
