import assert from "node:assert/strict";
import { GlobalVariable } from "../../protocol/configuration/global_variable.ts";
import { FlowDocument } from "../../protocol/flow/flow_document.ts";
import { startingVariables } from "./starting_variables.ts";

const GLOBALS = [
  { id: "tier", name: "Tier", value: "gold" },
  { id: "merchant", name: "Merchant", value: "eyJ.sealed", sensitive: true },
].map((it) => GlobalVariable.parse(it));
const FLOW = FlowDocument.parse({
  id: "pay",
  name: "Pay",
  kind: "voice",
  start: "end",
  variables: {
    tier: { value: "silver", agentViewable: true, agentEditable: true },
    card: { value: "4111111111111111", sensitive: true },
    note: "plain",
  },
  activities: { end: { type: "hang-up" } },
});

Deno.test("startingVariables() lets the flow count over the tenant, and what is known over both", () => {
  const { variables, variableLists } = startingVariables(GLOBALS, FLOW, { note: "known" });
  assert.deepEqual([variables.tier, variables.note], ["silver", "known"]);
  assert.deepEqual(variableLists.editable, ["tier"]);
  assert.deepEqual(variableLists.sensitive, ["merchant", "card"]);
  assert.deepEqual(variableLists.hidden, ["merchant", "card"]);
});

Deno.test("startingVariables() keeps what is sealed, and no clear value of a sensitive variable", () => {
  const { variables } = startingVariables(GLOBALS, FLOW, {});
  assert.deepEqual([variables.merchant, variables.card], ["eyJ.sealed", ""]);
});
