import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { FieldChange } from "../../../protocol/configuration/configuration_plan.ts";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { FlowVersion, RollbackRequest } from "../../../protocol/flow/flow_versions.ts";
import type { Cell } from "../../cell/cell.ts";
import { fieldChanges } from "../../configuration/field_changes.ts";
import { parsedFlow } from "../../flows/validation/parsed_flow.ts";
import type { FlowDesk } from "../../flows/versions/flow_desk.ts";
import type { ApiRoutes } from "../api_routes.ts";
import { etag, requireMatch } from "../etag.ts";
import { jsonContent } from "../json_content.ts";
import { limitBody } from "../limit_body.ts";
import { personAuth } from "../person_auth.ts";
import { problemResponses } from "../problem_responses.ts";
import { answerText, exportedFlow, flowContent, flowSchemaReference } from "./flow_content.ts";
import { flowDeskOf } from "./flow_desk_of.ts";
import {
  FLOW_READERS,
  FLOW_ROUTE,
  FLOW_WRITERS,
  FlowFormat,
  FlowMatch,
  FlowParam,
  FlowSourceName,
  FlowVersionParam,
} from "./flow_request.ts";

/** Changes that one answer names. */
const MOST_CHANGES = 5000;

const Version = FlowVersion.meta({ id: "FlowVersion" });

/** `/v1/flows/{id}/versions`, going back to one, comparing, and exporting. */
export function flowVersionRoutes(app: ApiRoutes, cell: Cell): void {
  const reads = { ...FLOW_ROUTE, middleware: personAuth(cell, FLOW_READERS) };

  const list = createRoute({
    ...{ ...reads, method: "get", path: "/flows/{id}/versions" },
    summary: "Versions of a flow, the newest first",
    request: {
      params: FlowParam,
      query: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        before: z.coerce.number().int().min(1).max(2 ** 31 - 1).optional()
          .meta({ description: "`next` of the page before" }),
      }),
    },
    responses: {
      200: jsonContent(
        z.object({ items: z.array(Version), next: z.number().int().nullable() }),
        "A page",
      ),
      ...problemResponses(),
    },
  });
  app.openapi(list, async (c) => {
    const { limit, before } = c.req.valid("query");
    const found = await flowDeskOf(cell, c).history
      .list(c.req.valid("param").id, limit + 1, before);
    const items = found.slice(0, limit);
    return c.json({ items, next: found.length > limit ? items[limit - 1].number : null }, 200);
  });

  const one = createRoute({
    ...{ ...reads, method: "get", path: "/flows/{id}/versions/{version}" },
    summary: "A version of a flow with its document",
    request: { params: FlowVersionParam },
    responses: {
      200: jsonContent(Version.extend({ document: z.record(z.string(), z.unknown()) }), "It"),
      ...problemResponses(404),
    },
  });
  app.openapi(one, async (c) => {
    const { id, version: number } = c.req.valid("param");
    const { version, document } = await flowDeskOf(cell, c).history.find(id, number);
    return c.json({ ...version, document }, 200);
  });

  const rollback = createRoute({
    ...{ ...FLOW_ROUTE, method: "post", path: "/flows/{id}/rollback" },
    middleware: [personAuth(cell, FLOW_WRITERS), limitBody(16 << 10)],
    summary: "Make an earlier version what contacts get from now on, as a new version",
    request: {
      params: FlowParam,
      headers: FlowMatch,
      body: {
        required: true,
        ...jsonContent(RollbackRequest.meta({ id: "FlowRollbackRequest" }), "To which, and why"),
      },
    },
    responses: {
      200: jsonContent(Version, "The new version"),
      ...problemResponses(400, 404, 409, 412, 428),
    },
  });
  app.openapi(rollback, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const { version, comment = `Back to version ${version}` } = c.req.valid("json");
    const header = c.req.valid("header")["if-match"];
    const expects = (revision: number) => requireMatch(header, etag(revision));
    const back = await desk.rollback(id, version, comment, expects);
    c.header("etag", etag(desk.revision(id, back.configuration)));
    return c.json(back.version, 200);
  });

  const diff = createRoute({
    ...{ ...reads, method: "get", path: "/flows/{id}/diff" },
    summary: "In what fields two states of a flow differ",
    request: {
      params: FlowParam,
      query: z.object({
        from: FlowSourceName.default("published"),
        to: FlowSourceName.default("draft"),
      }),
    },
    responses: {
      200: jsonContent(
        z.object({ changes: z.array(FieldChange), total: z.number().int() }),
        `The changes, ${MOST_CHANGES} of them at most`,
      ),
      ...problemResponses(404),
    },
  });
  app.openapi(diff, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const { from, to } = c.req.valid("query");
    const changes = fieldChanges(await desk.documentOf(id, from), await desk.documentOf(id, to));
    return c.json({ changes: changes.slice(0, MOST_CHANGES), total: changes.length }, 200);
  });

  const exported = createRoute({
    ...{ ...reads, method: "get", path: "/flows/{id}/export" },
    summary: "A flow as a document to keep, alone or with the flows that it calls",
    request: {
      params: FlowParam,
      query: z.object({
        of: FlowSourceName.default("published"),
        subFlows: z.stringbool().default(false)
          .meta({ description: "With the published flows that it calls" }),
        format: FlowFormat,
      }),
    },
    responses: {
      200: flowContent({
        type: "object",
        properties: { flows: { type: "array", items: flowSchemaReference } },
      }, "`{ flows }`, the one that was asked for first"),
      ...problemResponses(404),
    },
  });
  app.openapi(exported, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { of, subFlows, format } = c.req.valid("query");
    const document = await desk.documentOf(c.req.valid("param").id, of);
    const flows = subFlows ? withCalled(desk, document) : [document];
    return answerText(c, { flows: flows.map(exportedFlow) }, format);
  });
}

function withCalled(desk: FlowDesk, document: FlowDocument): FlowDocument[] {
  const flows = new Map([[document.id, document]]);
  for (const flow of flows.values()) {
    for (const { calls } of parsedFlow(flow).activities.values()) {
      for (const id of calls) {
        const called = flows.has(id) ? undefined : desk.published(id);
        if (called) flows.set(id, called);
      }
    }
  }
  return [...flows.values()];
}
