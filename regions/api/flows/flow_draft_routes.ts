import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import {
  FlowValidation,
  FlowVersion,
  PublishRequest,
} from "../../../protocol/flow/flow_versions.ts";
import type { Cell } from "../../cell/cell.ts";
import { fieldsInvalid } from "../../configuration/fields_invalid.ts";
import type { ApiRoutes } from "../api_routes.ts";
import { etag, isNamed, requireMatch } from "../etag.ts";
import { jsonContent } from "../json_content.ts";
import { limitBody } from "../limit_body.ts";
import { personAuth } from "../person_auth.ts";
import { problemResponses } from "../problem_responses.ts";
import {
  answerText,
  FLOW_BYTES,
  flowContent,
  flowSchemaReference,
  readFlow,
} from "./flow_content.ts";
import { flowDeskOf } from "./flow_desk_of.ts";
import {
  FLOW_READERS,
  FLOW_ROUTE,
  FLOW_WRITERS,
  FlowFormat,
  FlowMatch,
  FlowParam,
} from "./flow_request.ts";

const path = "/flows/{id}/draft";
const Validation = FlowValidation.meta({ id: "FlowValidation" });

/** `/v1/flows/{id}/draft`, and what is done with a draft: validating and publishing it. */
export function flowDraftRoutes(app: ApiRoutes, cell: Cell): void {
  const reads = { ...FLOW_ROUTE, middleware: personAuth(cell, FLOW_READERS) };
  const writes = {
    ...FLOW_ROUTE,
    middleware: [personAuth(cell, FLOW_WRITERS), limitBody(FLOW_BYTES)],
  };

  const get = createRoute({
    ...{ ...reads, method: "get", path, summary: "A flow's draft" },
    request: { params: FlowParam, query: z.object({ format: FlowFormat }) },
    responses: {
      200: flowContent(flowSchemaReference, "The draft"),
      304: { description: "If-None-Match names what is there" },
      ...problemResponses(404),
    },
  });
  app.openapi(get, async (c) => {
    const { document, tag } = await flowDeskOf(cell, c).draft(c.req.valid("param").id);
    c.header("etag", etag(tag));
    if (isNamed(c.req.header("if-none-match"), etag(tag))) return c.body(null, 304);
    return answerText(c, document, c.req.valid("query").format);
  });

  const put = createRoute({
    ...{ ...writes, method: "put", path, summary: "Replace a flow's draft, or make one" },
    request: {
      params: FlowParam,
      headers: FlowMatch.extend({ "if-none-match": z.literal("*").optional() }),
      body: { required: true, ...flowContent(flowSchemaReference, "The flow") },
    },
    responses: {
      200: flowContent(flowSchemaReference, "The draft"),
      201: flowContent(flowSchemaReference, "The draft"),
      ...problemResponses(400, 404, 409, 412, 413, 428),
    },
  });
  app.openapi(put, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const headers = c.req.valid("header");
    const document = await readFlow(c);
    if (document.id !== id) {
      throw fieldsInvalid([{ path: "id", message: "Must be the id in the address" }]);
    }
    if (headers["if-none-match"] === "*" && headers["if-match"] === undefined) {
      const [tag] = await desk.addDrafts([document]);
      c.header("etag", etag(tag));
      c.header("location", `/v1/flows/${id}/draft`);
      return c.json(document, 201);
    }
    const { tag: was } = await desk.draft(id);
    requireMatch(headers["if-match"], etag(was));
    c.header("etag", etag(await desk.replaceDraft(was, document)));
    return c.json(document, 200);
  });

  const remove = createRoute({
    ...{ ...writes, method: "delete", path, summary: "Throw a flow's draft away" },
    request: { params: FlowParam, headers: FlowMatch },
    responses: { 204: { description: "It is gone" }, ...problemResponses(404, 412, 428) },
  });
  app.openapi(remove, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const { tag } = await desk.draft(id);
    requireMatch(c.req.valid("header")["if-match"], etag(tag));
    await desk.drafts.remove(id, tag);
    return c.body(null, 204);
  });

  const validate = createRoute({
    ...FLOW_ROUTE,
    middleware: [personAuth(cell, FLOW_READERS), limitBody(FLOW_BYTES)],
    method: "post",
    path: "/flows/{id}/validate",
    summary: "What is wrong with a flow: the one that is sent, else the draft, else the published",
    request: {
      params: FlowParam,
      body: { required: false, ...flowContent(flowSchemaReference, "The flow") },
    },
    responses: {
      200: jsonContent(Validation, "Its problems"),
      ...problemResponses(400, 404, 413),
    },
  });
  app.openapi(validate, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const sent = (await c.req.text()).trim() !== "";
    const document = sent
      ? await readFlow(c)
      : (await desk.drafts.find(id))?.document ?? await desk.documentOf(id, "published");
    return c.json(desk.validate(document), 200);
  });

  const publish = createRoute({
    ...{ ...writes, method: "post", path: "/flows/{id}/publish" },
    summary: "Make a draft what contacts get from now on",
    description: "Interactions under way stay on the version that they began with. With a " +
      "repeated Idempotency-Key the answer is that of the first time.",
    request: {
      params: FlowParam,
      headers: FlowMatch.extend({
        "idempotency-key": z.string().regex(/^[\x21-\x7e]{1,255}$/).optional(),
      }),
      body: {
        required: true,
        ...jsonContent(PublishRequest.meta({ id: "FlowPublishRequest" }), "What to say of it"),
      },
    },
    responses: {
      200: jsonContent(FlowVersion.meta({ id: "FlowVersion" }), "The version"),
      ...problemResponses(400, 404, 409, 412, 413, 428),
    },
  });
  app.openapi(publish, async (c) => {
    const desk = flowDeskOf(cell, c);
    const { id } = c.req.valid("param");
    const headers = c.req.valid("header");
    const published = await desk.publish(
      id,
      c.req.valid("json"),
      ({ tag }) => requireMatch(headers["if-match"], etag(tag)),
      headers["idempotency-key"],
    );
    c.header("etag", etag(desk.revision(id, published.configuration)));
    if (published.replayed) c.header("idempotency-replayed", "true");
    return c.json(published.version, 200);
  });
}
