import { html, raw } from "hono/html";

/** The parts of an OpenAPI 3.1 document that the page shows. */
export interface ReferenceDocument {
  info: { title: string; version: string; description?: string };
  paths?: Record<string, object>;
  components?: { schemas?: Record<string, unknown> };
}

interface Operation {
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[];
  requestBody?: { content: Record<string, { schema?: unknown }> };
  responses?: Record<
    string,
    { description: string; content?: Record<string, { schema?: unknown }> }
  >;
}

const METHODS = ["get", "put", "post", "delete", "patch"];
const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  h2 { border-top: 1px solid #999; padding-top: 1rem; font-size: 1.1rem }
  code, pre { font: .875rem/1.4 ui-monospace, monospace; background: #f3f3f3; color: #111 }
  pre { padding: .75rem; overflow-x: auto }
  table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .8rem .2rem 0 }`;

/** The API's description as one page for people: no scripts, nothing loaded from elsewhere. */
export function referencePage(document: ReferenceDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item)
      .map((method) => operation(method, path, (item as Record<string, Operation>)[method]))
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) =>
    html`<h2 id="${name}">${name}</h2>${json(schema)}`
  );
  const { title, version, description } = document.info;
  return String(html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>${title}</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <main><h1>${title} ${version}</h1>
    <p>${description ?? ""}</p>
    <p>The same for machines: <a href="/openapi.json">openapi.json</a></p>
    ${operations}<h1>Schemas</h1>${schemas}</main>
      </body>
    </html>
  `);
}

function operation(method: string, path: string, operation: Operation) {
  const scopes = (operation.security ?? []).flatMap((scheme) => scheme.oauth2 ?? []);
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  const responses = Object.entries(operation.responses ?? {});
  return html`<section><h2><code>${method.toUpperCase()} ${path}</code></h2>
<p>${operation.summary ?? ""}. ${operation.description ?? ""}</p>
${scopes.length > 0 ? html`<p>Scope: <code>${scopes.join(" ")}</code></p>` : ""}
${
    (operation.parameters ?? []).map((parameter) =>
      html`<p><code>${parameter.name}</code> in ${parameter.in}${
        parameter.required ? ", required" : ""
      }</p>`
    )
  }
${body ? html`<p>Body, <code>${body[0]}</code>: ${schema(body[1].schema)}</p>` : ""}
<table>${
    responses.map(([status, response]) =>
      html`
        <tr>
          <th scope="row">${status}</th>
          <td>${response.description}</td>
          <td>${schema(Object.values(response.content ?? {})[0]?.schema)}</td>
        </tr>
      `
    )
  }</table></section>`;
}

function schema(value: unknown) {
  if (value === undefined) return "";
  const name = (value as { $ref?: string }).$ref?.split("/").at(-1);
  return name === undefined ? json(value) : html`<a href="#${name}">${name}</a>`;
}

function json(value: unknown) {
  return html`<pre>${JSON.stringify(value, null, 2)}</pre>`;
}
