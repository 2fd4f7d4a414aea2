import assert from "node:assert/strict";
import { FlowTraceStep } from "../../../protocol/flow/flow_trace_step.ts";
import { showTrace } from "./show_trace.ts";
import type { TraceItem } from "./trace_item.ts";

const item: TraceItem = {
  ...{ interactionId: "i", at: 1, flowId: "f", version: "v", thread: 0, step: 2 },
  ...{ activityId: "a", activityType: "set", state: "done", next: null, waited: 0, error: null },
  input: { text: "Your balance is 1234" },
  output: { balance: "1234", name: "Rosa" },
  hidden: ["balance", "*"],
};

Deno.test("what is hidden from agents only administrators see in a trace", () => {
  const stored = { id: "7.1", item };
  const admin = showTrace(stored, { admin: true });
  assert.deepEqual([admin.input, admin.output], [item.input, item.output]);
  const supervisor = showTrace(stored, { admin: false });
  assert.equal(supervisor.input, "(hidden)");
  assert.deepEqual(supervisor.output, { balance: "(hidden)", name: "Rosa" });
  assert.doesNotMatch(JSON.stringify(supervisor), /1234/);
  for (const shown of [admin, supervisor]) assert.deepEqual(FlowTraceStep.parse(shown), shown);
});
