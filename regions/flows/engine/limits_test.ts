import assert from "node:assert/strict";
import { FlowStage } from "../../testing/flow_stage.ts";
import { TRACE_LIMITS } from "../trace/trace_limits.ts";
import { FLOW_LIMITS } from "./flow_limits.ts";

const WAIT = { type: "wait", seconds: 1, next: "wait" };

Deno.test("a flow that goes round without waiting is a fault, and the end when it does so again", () => {
  const once = new FlowStage({
    onError: "wait",
    activities: { a: { type: "set", variable: "x", value: "1", next: "a" }, wait: WAIT },
  });
  assert.deepEqual([once.it.flow.activityId, once.variables.errorCode], ["wait", "flow-loop"]);
  assert.equal(once.it.flow.lastStep, FLOW_LIMITS.stepsInARow + 1);
  const [first, last] = [once.trace[0], once.trace[FLOW_LIMITS.stepsInARow - 1]];
  assert.deepEqual([first.output, last.output], [{ x: "1" }, {}], "later steps tell the way only");
  assert.ok(TRACE_LIMITS.whole < FLOW_LIMITS.stepsInARow);
  const twice = new FlowStage({
    onError: "b",
    activities: {
      a: { type: "set", variable: "x", value: "1", next: "a" },
      b: { type: "set", variable: "x", value: "1", next: "b" },
    },
  });
  assert.equal(twice.it.flow.lastStep, 2 * FLOW_LIMITS.stepsInARow);
  assert.ok(twice.it.call!.hangUpBy !== null);
});

Deno.test("a flow that has had its steps ends", () => {
  const stage = new FlowStage({
    activities: {
      wait: { ...WAIT, next: "s0" },
      ...Object.fromEntries(
        Array.from({ length: 150 }, (_, i) => [
          `s${i}`,
          { type: "set", variable: "x", value: "1", next: i === 149 ? "wait" : `s${i + 1}` },
        ]),
      ),
    },
  });
  stage.h.pass(FLOW_LIMITS.steps * 1000 / 150 + 10_000);
  assert.ok(stage.over || stage.it.flow.activityId === null);
  const entered = stage.h.log.filter(({ event }) => event.type === "flow.entered").length;
  assert.equal(entered, FLOW_LIMITS.steps);
});

Deno.test("variables have room for so much, all together", () => {
  const names = Array.from({ length: 12 }, (_, i) => `v${i}`);
  const stage = new FlowStage({
    variables: { x: "y".repeat(4096) },
    onError: "wait",
    activities: {
      ...Object.fromEntries(names.map((variable, i) => [
        `s${i}`,
        {
          ...{ type: "set", variable, value: "{{ x }}".repeat(4) },
          next: i === names.length - 1 ? "wait" : `s${i + 1}`,
        },
      ])),
      wait: WAIT,
    },
  });
  assert.equal(stage.variables.errorCode, "flow-out-of-memory");
  const size = Object.values(stage.variables).reduce((sum, value) => sum + value.length, 0);
  assert.ok(size <= FLOW_LIMITS.memory + 1024);
});

Deno.test("an instance that fails again and again is ended", () => {
  const stage = new FlowStage({
    activities: {
      wait: { type: "wait", seconds: 1, next: "fails" },
      fails: { type: "set", variable: "x", value: "{{ 1 / 0 }}", next: "wait", onError: "wait" },
    },
  });
  stage.h.pass((FLOW_LIMITS.failures + 10) * 1000);
  assert.equal(stage.it.flow.failures, FLOW_LIMITS.failures + 1);
  assert.ok(stage.it.call!.hangUpBy !== null || stage.it.call!.ended);
});
