import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("close says its last word and ends the conversation; the next message begins another", () => {
  const stage = new FlowStage({
    activities: { a: { type: "close", text: "Goodbye {{ contactName }}" } },
  }, { kind: "digital" });
  assert.deepEqual(stage.written, ["Goodbye Rosa"]);
  assert.ok(stage.over);
  stage.wrote("Wait");
  assert.equal(stage.written.length, 2);
  const silent = new FlowStage({ activities: { a: { type: "close" } } }, { kind: "digital" });
  assert.deepEqual([silent.written, silent.over], [[], true]);
});
