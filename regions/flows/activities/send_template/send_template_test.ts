import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("send-template sends a template with its parameters filled in", () => {
  const stage = new FlowStage({
    activities: {
      a: {
        ...{ type: "send-template", name: "order_ready", language: "en", next: "wait" },
        parameters: ["{{ contactName }}", "5"],
      },
      wait: { type: "wait", seconds: 600, next: "wait" },
    },
  }, { kind: "digital" });
  const [effect] = stage.h.takeEffects("provider");
  assert.ok(effect.to === "provider");
  assert.deepEqual(effect.template, {
    ...{ name: "order_ready", language: "en", parameters: ["Rosa", "5"] },
  });
  assert.deepEqual(stage.written, ["[order_ready] Rosa 5"]);
});
