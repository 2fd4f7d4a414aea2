import assert from "node:assert/strict";
import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { EXAMPLE } from "../../testing/tenant_harness.ts";
import { validateFlow } from "../validation/validate_flow.ts";
import { FLOW_TEMPLATES } from "./flow_templates.ts";

const configuration = TenantConfiguration.parse({
  ...EXAMPLE,
  businessHours: [{ id: "opening-hours", name: "Open", timeZone: "UTC", weekly: [] }],
});

for (const [id, { document }] of FLOW_TEMPLATES) {
  Deno.test(`the template ${id} validates where its queues and hours are`, () => {
    assert.deepEqual(validateFlow(document, configuration), []);
    assert.equal(document.id, id);
  });
}

Deno.test("there are templates for each channel", () => {
  const channels = new Set([...FLOW_TEMPLATES.values()].flatMap((it) => it.channels));
  assert.deepEqual([...channels].sort(), ["voice", "whatsapp"]);
});
