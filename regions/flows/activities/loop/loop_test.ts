import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("loop goes round so many times, and begins anew when it is come to again", () => {
  const stage = new FlowStage({
    variables: { n: { type: "number", value: "0" } },
    activities: {
      loop: { type: "loop", times: 3, next: "add", onDone: "wait" },
      add: { type: "set", variable: "n", expression: "n + 1", next: "loop" },
      wait: { type: "wait", seconds: 10, next: "loop" },
    },
  });
  assert.deepEqual([stage.variables.n, stage.it.flow.rounds], ["3", {}]);
  stage.h.pass(10_000);
  assert.equal(stage.variables.n, "6");
});

Deno.test("loops within each other count for themselves", () => {
  const stage = new FlowStage({
    variables: { n: { type: "number", value: "0" } },
    activities: {
      outer: { type: "loop", times: 4, next: "inner", onDone: "wait" },
      inner: { type: "loop", times: 5, next: "add", onDone: "outer" },
      add: { type: "set", variable: "n", expression: "n + 1", next: "inner" },
      wait: { type: "wait", seconds: 10, next: "wait" },
    },
  });
  assert.equal(stage.variables.n, "20");
});
