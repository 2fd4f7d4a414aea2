import type { z } from "zod";
import { Slug } from "../../../protocol/ids/names.ts";
import { marked } from "./marked.ts";
import type { Referable } from "./marker.ts";

/** A field that names an entity of the tenant's configuration. */
export function reference(to: Referable): z.ZodType<string, string> {
  return marked(Slug, { kind: "reference", to });
}
