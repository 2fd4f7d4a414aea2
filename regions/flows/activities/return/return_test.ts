import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("return at the outermost flow ends it, as its end does", () => {
  const stage = new FlowStage({
    activities: { a: { type: "play", prompt: "welcome", next: "b" }, b: { type: "return" } },
  });
  stage.played();
  assert.deepEqual(stage.way, ["a waiting", "a done", "b done"]);
  assert.equal(stage.it.flow.activityId, null);
  assert.ok(stage.it.call!.hangUpBy !== null);
});
