import { z } from "zod";
import { DocumentFormat } from "../../../extraction/document_format.ts";
import { MOST_OUTPUTS } from "../../../extraction/output.ts";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";
import { variable } from "../../fields/variable.ts";
import { TakenOutput } from "../http_request/http_request_schema.ts";

/** What was read in clear cannot be sealed any more. */
const ParsedOutput = TakenOutput.extend({ variable: variable("write") });

/** Takes values out of a text that is JSON, TOML or XML. */
export const ParseActivity = z.strictObject({
  type: z.literal("parse"),
  /** The text, such as "{{ answer }}". */
  source: template().min(1),
  format: DocumentFormat.default("json"),
  outputs: z.array(ParsedOutput).min(1).max(MOST_OUTPUTS),
  next: path(),
  /** When the text is none, or a value is missing or does not fit its type. */
  onError: path().optional(),
});
export type ParseActivity = z.infer<typeof ParseActivity>;
