import assert from "node:assert/strict";
import { EntryPoint } from "../../../protocol/configuration/entry_point.ts";
import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { PROBLEM_CODES } from "../../configuration/checks/problem_code.ts";
import { EXAMPLE } from "../../testing/tenant_harness.ts";
import { ACTIVITIES } from "../activities/activities.ts";
import { upcastActivity } from "../engine/upcast_activity.ts";
import { FLOW_LIMITS } from "../engine/flow_limits.ts";
import { SYSTEM_VARIABLES } from "../system_variables.ts";
import { validateFlow } from "../validation/validate_flow.ts";
import { activityFolder, activityIndex, activityPage } from "./activity_index.ts";
import { flowSchema } from "./flow_schema.ts";

const ROOT = new URL("../../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));
const pageOf = (type: string) => read(`regions/flows/activities/${activityFolder(type)}/README.md`);
const DOCUMENT = await read("docs/flows.md");
const blocks = (language: string) =>
  [...DOCUMENT.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))]
    .map(([, code]) => code);
const configuration = TenantConfiguration.parse({
  ...EXAMPLE,
  globalVariables: [{ id: "tier", name: "Tier" }],
});

for (const [type, { schema }] of ACTIVITIES) {
  Deno.test(`the page of ${type} says what it does, and its examples fit`, async () => {
    const text = await pageOf(type);
    assert.match(text, new RegExp(`^# ${type}\n`));
    const { summary, examples } = activityPage(type, text);
    assert.ok(summary.length > 10, summary);
    const whole = examples.map((example) => JSON.parse(example))
      .filter((value) => value.type === type);
    assert.ok(whole.length > 0, "no example");
    for (const value of whole) schema.parse(upcastActivity(value));
  });
}

Deno.test("docs/flows.md has the table of the activities as they are", async () => {
  assert.ok(
    DOCUMENT.includes(`\n${await activityIndex(pageOf)}\n`),
    "run deno run -A regions/flows/documents/main.ts",
  );
});

Deno.test("docs/schemas/flow.json is the schema of flows as they are", async () => {
  assert.deepEqual(
    JSON.parse(await read("docs/schemas/flow.json")),
    JSON.parse(JSON.stringify(flowSchema())),
    "run deno run -A regions/flows/documents/main.ts",
  );
});

Deno.test("the schema's references lead somewhere, and its marks are there", () => {
  const text = JSON.stringify(flowSchema());
  const { $defs } = flowSchema() as { $defs: Record<string, unknown> };
  assert.deepEqual(Object.keys($defs).sort(), [...ACTIVITIES.keys()].sort());
  for (const [, name] of text.matchAll(/"#\/\$defs\/([^"]+)"/g)) assert.ok($defs[name], name);
  for (const kind of ["path", "template", "expression", "reference", "variable"]) {
    assert.ok(text.includes(`"x-antiphon":{"kind":"${kind}"`), kind);
  }
});

Deno.test("the page's flows and entry points are valid", () => {
  const values = blocks("json").map((text) => JSON.parse(text));
  const flows = values.filter((value) => "activities" in value);
  assert.ok(flows.length > 0);
  for (const value of flows) {
    assert.deepEqual(validateFlow(FlowDocument.parse(value), configuration), []);
  }
  for (const value of values.filter((it) => "channel" in it)) EntryPoint.parse(value);
});

Deno.test("the page's code makes valid flows", async () => {
  const examples = blocks("ts");
  assert.ok(examples.length > 0);
  for (const code of examples) {
    const path = await Deno.makeTempFile({ suffix: ".ts" });
    try {
      const imported = code.replaceAll(`"../regions/`, `"${new URL("regions/", ROOT)}`);
      await Deno.writeTextFile(path, imported);
      const { default: made } = await import(`file://${path}`) as { default: FlowDocument[] };
      assert.equal(made.length, 2);
      for (const document of made) assert.deepEqual(validateFlow(document, configuration), []);
    } finally {
      await Deno.remove(path);
    }
  }
});

Deno.test("the page names the platform's variables, the limits and the problems of flows", () => {
  for (const name of Object.keys(SYSTEM_VARIABLES)) {
    assert.ok(DOCUMENT.includes(`\`${name}\``), name);
  }
  for (const limit of ["stepsInARow", "steps", "failures", "frames", "handlers"] as const) {
    const written = FLOW_LIMITS[limit].toLocaleString("en");
    assert.ok(DOCUMENT.includes(`| ${written} |`), `${limit} ${written}`);
  }
  const named = new Set([...DOCUMENT.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, code]) => code));
  const codes = new Set<string>(PROBLEM_CODES);
  const known = [...named].filter((code) => codes.has(code));
  assert.ok(known.length > 15, `${known}`);
});
