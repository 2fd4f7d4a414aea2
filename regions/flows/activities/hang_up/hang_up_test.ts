import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("hang-up ends an answered call and waits for its PoP to say so", () => {
  const stage = new FlowStage({
    activities: { a: { type: "play", prompt: "welcome", next: "b" }, b: { type: "hang-up" } },
  });
  stage.h.takeEffects("pop");
  stage.played();
  const [effect] = stage.h.takeEffects("pop");
  assert.ok(effect.to === "pop" && effect.command.type === "hang-up");
  assert.deepEqual([effect.command.cause, effect.command.sipStatus], ["flow-hung-up", null]);
  stage.h.call(stage.id, { type: "call.ended", cause: "flow-hung-up", media: null });
  assert.ok(stage.over);
});
