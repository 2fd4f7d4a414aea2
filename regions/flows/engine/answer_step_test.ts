import assert from "node:assert/strict";
import { FlowStage } from "../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "wait" };

const collecting = () =>
  new FlowStage({
    variables: { n: { type: "number" } },
    onError: "failed",
    activities: {
      a: { type: "collect", variable: "n", maxDigits: 4, next: "got", onTimeout: "late" },
      got: WAIT,
      late: WAIT,
      failed: WAIT,
      wait: WAIT,
    },
  });

Deno.test("an answer is heard once, by the step that asked", () => {
  const stage = collecting();
  assert.deepEqual(stage.typed("9", 7), [], "another step's");
  assert.deepEqual(stage.played("completed"), [], "of another kind");
  stage.typed("42");
  assert.deepEqual([stage.variables.n, stage.it.flow.activityId], ["42", "got"]);
  assert.deepEqual(stage.typed("43", 1), [], "told again");
  assert.equal(stage.variables.n, "42");
});

Deno.test("an answer that never comes is a fault in time", () => {
  const stage = collecting();
  stage.h.pass(20 * 60_000);
  assert.equal(stage.variables.errorCode, "activity-timed-out");
  assert.deepEqual(stage.typed("42", 1), []);
});
