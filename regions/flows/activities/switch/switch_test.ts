import assert from "node:assert/strict";
import { FlowStage } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "one" };

const where = (value: string) =>
  new FlowStage({
    activities: {
      a: {
        ...{ type: "switch", value, otherwise: "other" },
        cases: [{ equals: "1", next: "one" }, { equals: "2", next: "two" }],
      },
      one: WAIT,
      two: WAIT,
      other: WAIT,
    },
  }).it.flow.activityId;

Deno.test("switch goes to the first case that equals its value", () => {
  assert.deepEqual(["1", "{{ 1 + 1 }}", "3"].map(where), ["one", "two", "other"]);
});
