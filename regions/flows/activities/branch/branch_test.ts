import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "yes" };

const where = (condition: string) =>
  new FlowStage({
    variables: { n: { type: "number", value: "4" } },
    onError: "failed",
    activities: {
      a: { type: "branch", condition, next: "yes", otherwise: "no" },
      yes: WAIT,
      no: WAIT,
      failed: WAIT,
    },
  }).it.flow.activityId;

Deno.test("branch goes by its condition, and along the error path when that has no value", () => {
  assert.equal(where("n > 3 and callerNumber starts with '+49'"), "yes");
  assert.equal(where("n is odd"), "no");
  assert.equal(where("n / 0 > 1"), "failed");
});
