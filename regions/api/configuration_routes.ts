import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import {
  AppliedConfiguration,
  ConfigurationPlan,
} from "../../protocol/configuration/configuration_plan.ts";
import { ConfigurationRequest } from "../../protocol/configuration/configuration_request.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { Cell } from "../cell/cell.ts";
import { exportConfiguration } from "../configuration/export_configuration.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { etag, isNamed, requireMatch } from "./etag.ts";
import { jsonContent } from "./json_content.ts";
import { limitBody } from "./limit_body.ts";
import { personAuth } from "./person_auth.ts";
import { problemResponses } from "./problem_responses.ts";
import { readDocument } from "./read_document.ts";
import { yamlText } from "./yaml_text.ts";

/** The largest document, in bytes: a whole tenant's configuration fits. */
const DOCUMENT_BYTES = 32 << 20;
const YAML = "application/yaml";

const Document = TenantConfiguration.meta({ id: "TenantConfiguration" });
const WithDocument = ConfigurationRequest.extend({ document: Document })
  .meta({ id: "ConfigurationRequest" });
/** Named, since inferring the type of so large a schema is more than the compiler takes. */
const documentSchema = { $ref: "#/components/schemas/TenantConfiguration" };
const requestSchema = {
  anyOf: [documentSchema, { $ref: "#/components/schemas/ConfigurationRequest" }],
};
const common = { tags: ["Configuration"], security: SIGNED_IN };

/** `GET /v1/configuration`, and `POST` of a document to be planned or applied. */
export function configurationRoutes(app: ApiRoutes, cell: Cell): void {
  app.openAPIRegistry.register("TenantConfiguration", Document);
  app.openAPIRegistry.register("ConfigurationRequest", WithDocument);
  const request = {
    body: {
      required: true,
      description: "A document, or one with what goes with it",
      content: {
        "application/json": { schema: requestSchema },
        [YAML]: { schema: requestSchema },
      },
    },
  };
  const middleware = [personAuth(cell, ["admin"]), limitBody(DOCUMENT_BYTES)];

  const get = createRoute({
    ...common,
    method: "get",
    path: "/configuration",
    summary: "All of it, in an order that compares well, without secrets and defaults",
    middleware: personAuth(cell, ["supervisor", "admin"]),
    request: {
      query: z.object({
        format: z.enum(["json", "yaml"]).optional().meta({ description: "Instead of Accept" }),
      }),
    },
    responses: {
      200: {
        description: "The document; its ETag is the revision",
        content: {
          "application/json": { schema: documentSchema },
          [YAML]: { schema: documentSchema },
        },
      },
      304: { description: "If-None-Match names what is there" },
      ...problemResponses(),
    },
  });
  const turn = () => new Promise<void>((resolve) => void cell.options.timer(0, resolve));
  app.openapi(get, async (c) => {
    const { document, stored } = c.get("runner").configuration;
    const accepted = c.req.header("accept") ?? "";
    const format = c.req.valid("query").format ?? (/\byaml\b/.test(accepted) ? "yaml" : "json");
    const tag = tagsOf(stored.revision)[format];
    c.header("etag", tag);
    c.header("vary", "Accept");
    if (isNamed(c.req.header("if-none-match"), tag)) return c.body(null, 304);
    const exported = exportConfiguration(document);
    return format === "yaml"
      ? c.body(await yamlText(exported, turn), 200, { "content-type": YAML })
      : c.body(`${JSON.stringify(exported, null, 2)}\n`, 200, {
        "content-type": "application/json",
      });
  });

  const plan = createRoute({
    ...common,
    method: "post",
    path: "/configuration/plan",
    summary: "What applying a document would do. Changes nothing",
    middleware,
    request,
    responses: {
      200: jsonContent(ConfigurationPlan.meta({ id: "ConfigurationPlan" }), "What it would do"),
      ...problemResponses(400, 413),
    },
  });
  app.openapi(plan, async (c) => {
    const { document, moveTo, dropRequirements } = await readDocument(c);
    const resolution = { moveTo, dropRequirements };
    const { tenantId } = c.get("runner").ports;
    const planned = await cell.configurations.plan(tenantId, {
      ...{ document, resolution },
      by: c.get("personId"),
    });
    c.header("etag", etag(planned.revision));
    return c.json(planned, 200);
  });

  const apply = createRoute({
    ...common,
    method: "post",
    path: "/configuration/apply",
    summary: "Make a document the tenant's configuration, all of it or nothing",
    description: "With If-Match, or `plannedAgainst` in the body: the revision it was made for. " +
      "A repeat changes nothing and is answered alike.",
    middleware,
    request: { ...request, headers: z.object({ "if-match": z.string().max(1000).optional() }) },
    responses: {
      200: jsonContent(
        AppliedConfiguration.meta({ id: "AppliedConfiguration" }),
        "It is the tenant's configuration",
      ),
      ...problemResponses(400, 409, 412, 413, 428),
    },
  });
  app.openapi(apply, async (c) => {
    const { document, moveTo, dropRequirements, plannedAgainst } = await readDocument(c);
    const header = c.req.valid("header")["if-match"] ??
      (plannedAgainst === undefined ? undefined : etag(plannedAgainst));
    const { tenantId } = c.get("runner").ports;
    const expects = (revision: number) => {
      const { json, yaml } = tagsOf(revision);
      requireMatch(header, json, yaml);
    };
    // One who says nothing of what is there is told so, also when nothing would change.
    if (header === undefined) expects(c.get("runner").configuration.stored.revision);
    const resolution = { moveTo, dropRequirements };
    const { stored: { revision } } = await cell.configurations
      .store(tenantId, { document, resolution, expects, by: c.get("personId") });
    c.header("etag", etag(revision));
    return c.json({ revision }, 200);
  });
}

/** JSON and YAML are two representations, so they have two strong tags. */
function tagsOf(revision: number) {
  return { json: etag(revision), yaml: etag(`${revision}-yaml`) };
}
