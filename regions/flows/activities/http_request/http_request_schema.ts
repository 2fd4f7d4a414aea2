import { z } from "zod";
import { HeaderName, HttpMethod } from "../../../../protocol/configuration/connector.ts";
import { DocumentFormat } from "../../../extraction/document_format.ts";
import { MOST_OUTPUTS, OutputType } from "../../../extraction/output.ts";
import { parsePath, PATH_CHARACTERS } from "../../../extraction/parse_path.ts";
import { scanTemplate } from "../../expressions/scan_template.ts";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { template } from "../../fields/template.ts";
import { variable } from "../../fields/variable.ts";

/** A value that is taken out of a document into a variable. */
export const TakenOutput = z.strictObject({
  variable: variable("seal"),
  /** JSONPath (RFC 9535). */
  path: z.string().min(1).max(PATH_CHARACTERS).superRefine((text, context) => {
    try {
      parsePath(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  }),
  type: OutputType.default("text"),
  /** Without it, a variable for which nothing is found keeps what it has. */
  required: z.boolean().default(true),
});

/** Sends a request to a service outside and takes values out of its answer. */
export const HttpRequestActivity = z.strictObject({
  type: z.literal("http-request"),
  connectorId: reference("connector").optional(),
  method: HttpMethod.default("GET"),
  /** Below the connector's address; what expressions give is escaped. */
  path: template().min(1).refine(hasNoTags, "Use {{ }} only").optional(),
  /** A whole address instead, at a host that the tenant's settings allow. */
  url: template().min(1).refine(hasNoTags, "Use {{ }} only").optional(),
  query: z.record(z.string().min(1).max(128), template()).default({})
    .refine(atMost32, "32 at most"),
  headers: z.record(HeaderName, template(1024)).default({}).refine(atMost32, "32 at most"),
  body: template().optional(),
  contentType: z.string().max(128).regex(/^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/, "a media type")
    .default("application/json"),
  /** Sensitive variables that stand in the fields above as [[name]]: opened when it is sent. */
  sensitive: z.array(variable("read")).max(8).default([]),
  /** How the answer is read, if not as its media type says. */
  format: DocumentFormat.optional(),
  outputs: z.array(TakenOutput).max(MOST_OUTPUTS).default([]),
  /** Gets the answer's status. */
  saveStatus: variable("write").optional(),
  timeoutSeconds: z.number().min(1).max(60).default(10),
  retries: z.number().int().min(0).max(5).default(2),
  redirects: z.number().int().min(0).max(3).default(0),
  /** After an answer of 200 to 299. */
  next: path(),
  /** After others, by their status: "404", or "4xx" for all of them. The first that fits counts. */
  onStatus: z.array(z.strictObject({
    status: z.string().regex(/^[1-5]([0-9]{2}|xx)$/, '"404" or "4xx"'),
    next: path(),
  })).max(16).default([]),
  onTimeout: path().optional(),
  onError: path().optional(),
}).refine(
  (it) =>
    it.connectorId === undefined
      ? it.url !== undefined && it.path === undefined
      : it.path !== undefined && it.url === undefined,
  { path: ["path"], message: "Give connectorId and path, or url alone" },
).refine(
  (it) => it.body === undefined || (it.method !== "GET" && it.method !== "HEAD"),
  { path: ["body"], message: "Such a request has no body" },
);
export type HttpRequestActivity = z.infer<typeof HttpRequestActivity>;

function atMost32(record: Record<string, unknown>): boolean {
  return Object.keys(record).length <= 32;
}

/** Whether a template has no {% %}, so that each of its expressions can be escaped by itself. */
function hasNoTags(text: string): boolean {
  try {
    return scanTemplate(text).every(({ kind }) => kind !== "tag");
  } catch {
    // What is wrong with it is said where templates are checked.
    return true;
  }
}
