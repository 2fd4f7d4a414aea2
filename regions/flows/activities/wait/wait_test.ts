import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("wait goes on when its time is over, and no sooner", () => {
  const stage = new FlowStage({
    activities: { a: { type: "wait", seconds: 30, next: "b" }, b: { type: "hang-up" } },
  });
  stage.h.pass(29_999);
  stage.played();
  stage.typed("1");
  assert.deepEqual(stage.way, ["a waiting"]);
  stage.h.pass(1);
  assert.deepEqual(stage.way, ["a waiting", "a done", "b done"]);
  assert.equal(stage.trace[1].waited, 30_000);
});
