import type { Context } from "hono";
import { stringify } from "yaml";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { withoutDefaults } from "../../configuration/without_defaults.ts";
import { readText } from "../read_text.ts";
import { refuseUnknown } from "../refuse_unknown.ts";

const YAML = "application/yaml";
/** The largest flow, in bytes. */
export const FLOW_BYTES = 1 << 20;
/** A flow by its name in the OpenAPI document: its routes of configuration describe it. */
export const flowSchemaReference = { $ref: "#/components/schemas/Flow" };

/** JSON and YAML of one schema, for a route's OpenAPI document. */
export function flowContent(schema: Record<string, unknown>, description: string) {
  return {
    description,
    content: { "application/json": { schema }, [YAML]: { schema } },
  };
}

/**
 * Reads a flow from a body that is JSON or YAML.
 * @throws AntiphonError `malformed_json`, `malformed_yaml`, `invalid_request`; ZodError
 */
export async function readFlow(c: Context): Promise<FlowDocument> {
  return parseFlow(await readText(c));
}

/** Reads a flow, and refuses what its envelope does not have. @throws ZodError, AntiphonError */
export function parseFlow(sent: unknown): FlowDocument {
  const document = FlowDocument.parse(sent);
  refuseUnknown(sent, document);
  return document;
}

/** Answers with something as JSON or YAML, as `?format=` or Accept say. */
export function answerText(c: Context, value: unknown, format?: "json" | "yaml"): Response {
  const accepted = c.req.header("accept") ?? "";
  c.header("vary", "Accept");
  return (format ?? (/\byaml\b/.test(accepted) ? "yaml" : "json")) === "yaml"
    ? c.body(stringify(value, { lineWidth: 100 }), 200, { "content-type": YAML })
    : c.body(`${JSON.stringify(value, null, 2)}\n`, 200, { "content-type": "application/json" });
}

/** A flow as it is kept in a repository: without defaults, in the order of its schema. */
export function exportedFlow(document: FlowDocument): unknown {
  return withoutDefaults(FlowDocument, document);
}
