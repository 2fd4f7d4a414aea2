import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("send-message writes its text, with expressions filled in, and goes on", () => {
  const stage = new FlowStage({
    activities: {
      a: { type: "send-message", text: "Hello {{ contactName | upper }}", next: "wait" },
      wait: { type: "wait", seconds: 600, next: "wait" },
    },
  }, { kind: "digital" });
  assert.deepEqual(stage.written, ["Hello ROSA"]);
  assert.equal(stage.it.flow.activityId, "wait");
});
