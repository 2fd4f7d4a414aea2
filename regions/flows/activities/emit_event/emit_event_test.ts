import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

Deno.test("emit-event begins the handlers of its name once the decision is made", () => {
  const stage = new FlowStage({
    activities: {
      a: { type: "emit-event", name: "ping", next: "b" },
      b: { type: "set", variable: "order", value: "{{ order }}flow,", next: "wait" },
      wait: { type: "wait", seconds: 600, next: "wait" },
      ping: { type: "set", variable: "order", value: "{{ order }}{{ eventName }}", next: "end" },
      pong: { type: "set", variable: "order", value: "wrong", next: "end" },
      end: { type: "return" },
    },
    variables: { order: "" },
    handlers: [
      { event: "custom", name: "ping", start: "ping" },
      { event: "custom", name: "pong", start: "pong" },
    ],
  });
  assert.equal(stage.variables.order, "flow,ping");
  assert.deepEqual(stage.it.flow.handlers, []);
});
