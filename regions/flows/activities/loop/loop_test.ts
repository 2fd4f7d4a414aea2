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

Deno.test("a called flow's loop counts for itself, from the beginning at each call", () => {
  const stage = new FlowStage({
    variables: { n: "" },
    activities: {
      loop: { type: "loop", times: 3, next: "call", onDone: "wait" },
      call: { type: "sub-flow", flowId: "inner", next: "loop" },
      wait: { type: "wait", seconds: 10, next: "wait" },
    },
  }, {
    flows: {
      inner: {
        activities: {
          loop: { type: "loop", times: 3, next: "add", onDone: "end" },
          add: { type: "set", variable: "n", value: "{{ n }}1", next: "enough" },
          // The last call leaves the loop before it is done.
          enough: { type: "branch", condition: "n == '1111111'", next: "end", otherwise: "loop" },
          end: { type: "return" },
        },
      },
    },
  });
  assert.deepEqual([stage.variables.n, stage.it.flow.activityId], ["1111111", "wait"]);
  assert.deepEqual(stage.it.flow.rounds, {});
});

Deno.test("handlers count loops for themselves", () => {
  const stage = new FlowStage({
    variables: { n: { type: "number", value: "0" } },
    activities: {
      raise: { type: "emit-event", name: "ping", next: "again" },
      again: { type: "emit-event", name: "ping", next: "wait" },
      wait: { type: "wait", seconds: 600, next: "wait" },
      loop: { type: "loop", times: 2, next: "add", onDone: "end" },
      add: { type: "set", variable: "n", expression: "n + 1", next: "rest" },
      rest: { type: "wait", seconds: 1, next: "loop" },
      end: { type: "return" },
    },
    handlers: [{ event: "custom", name: "ping", start: "loop" }],
  });
  stage.h.pass(1_000);
  assert.equal(stage.variables.n, "4");
  stage.h.pass(10_000);
  assert.deepEqual([stage.variables.n, stage.it.flow.rounds], ["4", {}]);
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
