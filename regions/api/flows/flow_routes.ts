import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { FlowSummary } from "../../../protocol/flow/flow_versions.ts";
import { DisplayName, Slug } from "../../../protocol/ids/names.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { Cell } from "../../cell/cell.ts";
import { flowSchema } from "../../flows/documents/flow_schema.ts";
import { FLOW_TEMPLATES } from "../../flows/templates/flow_templates.ts";
import type { FlowDesk } from "../../flows/versions/flow_desk.ts";
import type { ApiRoutes } from "../api_routes.ts";
import { etag } from "../etag.ts";
import { jsonContent } from "../json_content.ts";
import { limitBody } from "../limit_body.ts";
import { personAuth } from "../person_auth.ts";
import { problemResponses } from "../problem_responses.ts";
import { readText } from "../read_text.ts";
import { refuseUnknown } from "../refuse_unknown.ts";
import { FLOW_BYTES, flowContent, flowSchemaReference, parseFlow } from "./flow_content.ts";
import { flowDeskOf } from "./flow_desk_of.ts";
import { FLOW_READERS, FLOW_ROUTE, FLOW_WRITERS, FlowParam } from "./flow_request.ts";

const Summary = FlowSummary.meta({ id: "FlowSummary" });
/** A draft that begins as a template, under a name of its own. */
const FromTemplate = z.strictObject({
  template: z.string().max(64),
  id: Slug,
  name: DisplayName.optional(),
}).meta({ id: "FlowFromTemplate" });
const Templates = z.array(z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  channels: z.array(z.string()),
  kind: z.enum(["voice", "digital"]),
  document: z.record(z.string(), z.unknown()),
}));

/** `/v1/flows`: what flows there are, new drafts, templates, and the schema of flows. */
export function flowRoutes(app: ApiRoutes, cell: Cell): void {
  const reads = { ...FLOW_ROUTE, middleware: personAuth(cell, FLOW_READERS) };
  const middleware = [personAuth(cell, FLOW_WRITERS), limitBody(FLOW_BYTES)];
  app.openAPIRegistry.register("FlowFromTemplate", FromTemplate);

  const list = createRoute({
    ...reads,
    method: "get",
    path: "/flows",
    summary: "List flows by id, published ones and drafts",
    request: {
      query: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        after: z.string().min(1).max(64).optional()
          .meta({ description: "`next` of the page before" }),
        q: z.string().max(120).optional().meta({ description: "Part of the id or name" }),
        kind: z.enum(["voice", "digital"]).optional(),
      }),
    },
    responses: {
      200: jsonContent(
        z.object({ items: z.array(Summary), next: z.string().nullable() }),
        "A page",
      ),
      ...problemResponses(),
    },
  });
  app.openapi(list, async (c) => c.json(await flowDeskOf(cell, c).list(c.req.valid("query")), 200));

  const templates = createRoute({
    ...reads,
    method: "get",
    path: "/flows/templates",
    summary: "Flows to begin with",
    request: { query: z.object({ channel: z.string().max(32).optional() }) },
    responses: {
      200: jsonContent(z.object({ items: Templates }), "Templates, for one channel or all"),
      ...problemResponses(),
    },
  });
  app.openapi(templates, (c) => {
    const { channel } = c.req.valid("query");
    const items = [...FLOW_TEMPLATES].filter(([, { channels }]) =>
      channel === undefined || channels.some((it) => it === channel)
    ).map(([id, { name, description, channels, document }]) => ({
      ...{ id, name, description, channels: [...channels] },
      ...{ kind: document.kind, document },
    }));
    return c.json({ items }, 200);
  });

  const schema = createRoute({
    ...reads,
    method: "get",
    path: "/flows/schema",
    summary: "The JSON Schema of flows with all activities",
    responses: {
      200: {
        description: "A JSON Schema (2020-12)",
        content: { "application/schema+json": { schema: { type: "object" } } },
      },
      ...problemResponses(),
    },
  });
  let made: string | undefined;
  app.openapi(schema, (c) => {
    made ??= JSON.stringify(flowSchema());
    return c.body(made, 200, { "content-type": "application/schema+json" });
  });

  const post = createRoute({
    ...FLOW_ROUTE,
    middleware,
    method: "post",
    path: "/flows",
    summary: "Make a draft of a new flow, of a document or of a template",
    request: {
      body: {
        required: true,
        ...flowContent({
          anyOf: [flowSchemaReference, { $ref: "#/components/schemas/FlowFromTemplate" }],
        }, "The flow, or the template that it begins as"),
      },
    },
    responses: {
      201: { ...flowContent(flowSchemaReference, "The draft") },
      ...problemResponses(400, 404, 409, 413),
    },
  });
  app.openapi(post, async (c) => {
    const desk = flowDeskOf(cell, c);
    const document = newFlow(await readText(c));
    refuseKnown(desk, document.id);
    const [tag] = await desk.addDrafts([document]);
    c.header("location", `/v1/flows/${document.id}/draft`);
    c.header("etag", etag(tag));
    return c.json(document, 201);
  });

  const imports = createRoute({
    ...FLOW_ROUTE,
    middleware,
    method: "post",
    path: "/flows/import",
    summary: "Make drafts of exported flows, all or nothing",
    request: {
      query: z.object({
        replace: z.stringbool().default(false)
          .meta({ description: "Put them in the place of drafts that there are" }),
      }),
      body: {
        required: true,
        ...flowContent({
          anyOf: [flowSchemaReference, {
            type: "object",
            required: ["flows"],
            properties: { flows: { type: "array", items: flowSchemaReference } },
          }],
        }, "A flow, or `{ flows }`"),
      },
    },
    responses: {
      201: jsonContent(z.object({ items: z.array(Summary) }), "The flows that have drafts now"),
      ...problemResponses(400, 409, 413),
    },
  });
  app.openapi(imports, async (c) => {
    const desk = flowDeskOf(cell, c);
    const documents = importedFlows(await readText(c));
    await desk.addDrafts(documents, c.req.valid("query").replace);
    const items = await Promise.all(documents.map(({ id }) => desk.summary(id)));
    return c.json({ items }, 201);
  });

  const one = createRoute({
    ...reads,
    method: "get",
    path: "/flows/{id}",
    summary: "What is published of a flow, and its draft",
    description: "The ETag is that of the published flow, for going back to an earlier version.",
    request: { params: FlowParam },
    responses: { 200: jsonContent(Summary, "The flow"), ...problemResponses(404) },
  });
  app.openapi(one, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const summary = await desk.summary(id);
    c.header("etag", etag(desk.revision(id)));
    return c.json(summary, 200);
  });
}

/** @throws AntiphonError `not_found` for a template that there is not */
function newFlow(sent: unknown): FlowDocument {
  if (typeof sent !== "object" || sent === null || !("template" in sent)) return parseFlow(sent);
  const { template, id, name } = FromTemplate.parse(sent);
  const found = FLOW_TEMPLATES.get(template);
  if (!found) throw new AntiphonError("not_found", `There is no template "${template}"`);
  return { ...found.document, id, name: name ?? found.document.name };
}

function refuseKnown(desk: FlowDesk, id: string): void {
  if (!desk.published(id)) return;
  throw new AntiphonError("conflict", `There is a flow "${id}" already: PUT its draft`, {
    data: { kind: "flows", id },
  });
}

function importedFlows(sent: unknown): FlowDocument[] {
  const many = typeof sent === "object" && sent !== null && "flows" in sent;
  if (!many) return [parseFlow(sent)];
  const { flows } = z.strictObject({ flows: z.array(FlowDocument).min(1).max(200) }).parse(sent);
  refuseUnknown(sent, { flows });
  return flows;
}
