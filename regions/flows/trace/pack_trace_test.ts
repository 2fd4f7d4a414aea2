import assert from "node:assert/strict";
import { packTrace, unpackTrace } from "./pack_trace.ts";
import type { TraceItem } from "./trace_item.ts";

const row = { interactionId: "i", at: 7 };
const plain: TraceItem = {
  ...row,
  ...{ flowId: "f", version: "v", thread: 0, step: 1, activityId: "a", activityType: "set" },
  ...{ state: "done", input: null, output: {}, hidden: [], next: null, waited: 0, error: null },
};

Deno.test("packTrace leaves out what is said already, and unpackTrace gives it back", () => {
  const items: TraceItem[] = [
    plain,
    { ...plain, step: 2, output: { x: "1" }, hidden: ["x"], next: "b" },
    { ...plain, step: 3, flowId: "g", version: "w", input: { type: "play" }, state: "waiting" },
    { ...plain, step: 3, flowId: "g", version: "w", waited: 5, thread: 3 },
    { ...plain, step: 4, state: "failed", error: { code: "flow-loop", message: "m" } },
  ];
  const packed = packTrace(items);
  assert.deepEqual(unpackTrace(JSON.parse(JSON.stringify(packed)), row), items);
  assert.deepEqual(packed[1], {
    ...{ step: 2, activityId: "a", activityType: "set" },
    ...{ output: { x: "1" }, hidden: ["x"], next: "b" },
  });
});
