import assert from "node:assert/strict";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { FlowStage } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "end" };
const END = { type: "hang-up" };

Deno.test("set writes a text with expressions, or an expression's value by the variable's type", () => {
  const stage = new FlowStage({
    variables: { total: { type: "number", value: "2" }, list: { type: "json", value: "[1]" } },
    activities: {
      a: { type: "set", variable: "who", value: "from {{ callerNumber }}", next: "b" },
      b: { type: "set", variable: "total", expression: "total * 21", next: "c" },
      c: { type: "set", variable: "list", expression: "[total, 'x']", next: "wait" },
      wait: WAIT,
      end: END,
    },
  });
  const { who, total, list } = stage.variables;
  assert.deepEqual([who, total, list], ["from +4930123456", "42", '[42,"x"]']);
  assert.deepEqual(stage.trace[1].output, { total: "42" });
});

Deno.test("set goes along the error path with what does not fit, is sensitive or too long", () => {
  const codes = (value: string) => {
    const stage = new FlowStage({
      variables: { n: { type: "number" }, pin: { type: "text", sensitive: true } },
      onError: "wait",
      activities: {
        a: { type: "set", variable: value.startsWith("pin") ? "pin" : "n", value, next: "wait" },
        wait: WAIT,
        end: END,
      },
    });
    return stage.variables.errorCode;
  };
  assert.equal(codes("12"), undefined);
  assert.equal(codes("twelve"), "expression-failed");
  assert.equal(codes("{{ pin }}"), "variable-sealed");
  assert.equal(codes("pin 1234"), "variable-sealed");
  const long = new FlowStage({
    variables: { x: "y".repeat(4096) },
    activities: {
      a: { type: "set", variable: "x", value: "{{ x }}{{ x }}", next: "a", onError: "wait" },
      wait: WAIT,
      end: END,
    },
  });
  assert.equal(long.variables.errorCode, "expression-failed");
  assert.equal(long.variables.x.length, FLOW_LIMITS.value);
});
