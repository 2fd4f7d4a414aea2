import type { OpenAPIHono } from "@hono/zod-openapi";
import { SCOPES } from "../tokens/principal.ts";
import type { AppEnv } from "./app_env.ts";
import { referencePage } from "./reference_page.ts";

const HEAD = {
  openapi: "3.1.0",
  info: {
    title: "Antiphon partner API",
    version: "1.0.0",
    description: "Where partners make tenants and give them numbers, trunks, assets and their " +
      "configuration. Errors are problem details (RFC 9457) with a stable `code`. Every POST " +
      "that makes something takes an Idempotency-Key.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
};

/** `GET /openapi.json`, made from the routes' own schemas, and `GET /docs`, the same for people. */
export function openApiRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "oauth2", {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "/v1/oauth/token", scopes: SCOPES } },
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "basic", {
    type: "http",
    scheme: "basic",
  });
  let made: { json: string; html: string } | undefined;
  const make = () => {
    const document = app.getOpenAPI31Document(HEAD);
    return { json: JSON.stringify(document), html: referencePage(document) };
  };
  app.get("/openapi.json", (c) => {
    made ??= make();
    return c.body(made.json, 200, { "content-type": "application/json" });
  });
  app.get("/docs", (c) => {
    made ??= make();
    return c.html(made.html);
  });
}
