import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { messageOf, SAMPLE_NOW, sampleId } from "../testing/samples.ts";
import { initialState } from "./initial_state.ts";
import { threadOf } from "./thread_of.ts";

Deno.test("thread shows what the platform has, then what it has not", () => {
  const interactionId = sampleId(20);
  const unsent = {
    id: sampleId(5000),
    interactionId,
    text: "Yes.",
    at: SAMPLE_NOW,
    status: "sending" as const,
    reason: null,
  };
  const state = {
    ...initialState,
    messages: { [interactionId]: [messageOf({ status: "failed", failure: "window-closed" })] },
    unsent: [unsent, { ...unsent, id: sampleId(5001), interactionId: sampleId(21) }],
  };
  const thread = threadOf(state, interactionId);
  deepStrictEqual(thread.map(({ status }) => status), ["failed", "pending"]);
  deepStrictEqual(thread.map(({ confirmed }) => confirmed), [true, false]);
  strictEqual(thread[0]?.reason, "window closed");
  deepStrictEqual(threadOf(initialState, interactionId), []);
});
