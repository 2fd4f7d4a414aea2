import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { SETTINGS_ID } from "../../protocol/configuration/entity_kinds.ts";
import { TenantSettings } from "../../protocol/configuration/tenant_settings.ts";
import type { Cell } from "../cell/cell.ts";
import { type ConfigurationIndex, versionKey } from "../configuration/configuration_index.ts";
import { relativeRefusal } from "../configuration/entities/relative_refusal.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { etag, isNamed, requireMatch } from "./etag.ts";
import { jsonContent } from "./json_content.ts";
import { refuseUnknown } from "./refuse_unknown.ts";
import { problemResponses } from "./problem_responses.ts";
import { limitBody } from "./limit_body.ts";
import { personAuth } from "./person_auth.ts";

const Settings = TenantSettings.meta({ id: "Settings" });
const path = "/configuration/settings";
const common = { path, tags: ["Entities"], security: SIGNED_IN };

/** `GET|PUT /v1/configuration/settings`: there is always one. */
export function settingsRoutes(app: ApiRoutes, cell: Cell): void {
  const get = createRoute({
    ...common,
    method: "get",
    middleware: personAuth(cell, ["supervisor", "admin"]),
    summary: "The tenant's settings",
    responses: {
      200: jsonContent(Settings, "The settings"),
      304: { description: "If-None-Match names what is there" },
      ...problemResponses(),
    },
  });
  app.openapi(get, (c) => {
    const runner = c.get("runner");
    const tag = tagOf(runner.configuration);
    c.header("etag", tag);
    if (isNamed(c.req.header("if-none-match"), tag)) return c.body(null, 304);
    return c.json(runner.configuration.settings, 200);
  });

  const put = createRoute({
    ...common,
    method: "put",
    middleware: [personAuth(cell, ["admin"]), limitBody(64 << 10)],
    summary: "Replace the tenant's settings",
    request: {
      headers: z.object({ "if-match": z.string().max(1000).optional() }),
      body: { required: true, ...jsonContent(Settings, "All settings") },
    },
    responses: {
      200: jsonContent(Settings, "The settings"),
      ...problemResponses(400, 409, 412, 413, 428),
    },
  });
  app.openapi(put, async (c) => {
    const runner = c.get("runner");
    const settings = c.req.valid("json");
    refuseUnknown(await c.req.json(), settings);
    const header = c.req.valid("header")["if-match"];
    const after = await cell.configurations.change(runner.ports.tenantId, (current) => {
      requireMatch(header, tagOf(current));
      return {
        document: { ...current.document, settings },
        tolerant: true,
        refusal: relativeRefusal("settings."),
      };
    });
    c.header("etag", tagOf(after));
    return c.json(after.settings, 200);
  });
}

function tagOf(configuration: ConfigurationIndex): string {
  return etag(configuration.stored.versions.get(versionKey("settings", SETTINGS_ID)) ?? 0);
}
