import type { ApiRoutes } from "./api_routes.ts";

const HEAD = {
  openapi: "3.1.0",
  info: {
    title: "Antiphon cell API",
    version: "1.0.0",
    description: "A tenant's contact centre: its configuration, queues and interactions. The " +
      "tenant is that of the person's access token. Errors are problem details (RFC 9457) with a " +
      "stable `code`. Changes name what they change by its ETag.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
};

/** `GET /openapi.json`, made from the routes' own schemas. */
export function openApiRoutes(app: ApiRoutes): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "person", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  let made: string | undefined;
  app.get("/openapi.json", (c) => {
    made ??= JSON.stringify(app.getOpenAPI31Document(HEAD));
    return c.body(made, 200, { "content-type": "application/json" });
  });
}
