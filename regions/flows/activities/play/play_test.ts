import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

const playing = () =>
  new FlowStage({
    activities: {
      a: { type: "play", prompt: "welcome", next: "b", onError: "c" },
      b: { type: "wait", seconds: 600, next: "b" },
      c: { type: "wait", seconds: 600, next: "c" },
    },
  });

Deno.test("play goes on when all was heard, and along the error path when it could not be", () => {
  const stage = playing();
  stage.played();
  assert.equal(stage.it.flow.activityId, "b");
  const failed = playing();
  failed.played("failed");
  assert.deepEqual([failed.it.flow.activityId, failed.variables.errorCode], ["c", "play-failed"]);
});
