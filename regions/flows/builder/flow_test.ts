import assert from "node:assert/strict";
import { EXAMPLE } from "../../testing/tenant_harness.ts";
import { validateFlow } from "../validation/validate_flow.ts";
import { flow } from "./flow.ts";

Deno.test("flow() makes a document that validates", () => {
  const document = flow("order", {
    ...{ name: "Order", kind: "voice" },
    variables: { number: "", tries: { type: "number", value: "0" } },
    shared: ["tier"],
    ...{ start: "ask", onError: "agent" },
    handlers: [{ event: "agent-answered", start: "count" }],
    activities: {
      ask: {
        ...{ type: "collect", prompt: "enter-number", variable: "number", maxDigits: 8 },
        ...{ next: "choose", onTimeout: "agent" },
      },
      choose: {
        ...{ type: "switch", value: "{{ number | slice(0, 1) }}", otherwise: "agent" },
        cases: [{ equals: "7", next: "ask" }],
      },
      count: { type: "set", variable: "tries", expression: "tries + 1", next: "back" },
      back: { type: "return" },
      agent: { type: "queue", queueId: "sales" },
    },
  });
  assert.deepEqual([document.id, document.kind, Object.keys(document.activities).length], [
    ...["order", "voice"],
    5,
  ]);
  assert.ok(!("shared" in document));
  assert.deepEqual(validateFlow(document, EXAMPLE), []);
});

Deno.test("flow() refuses values that types cannot tell", () => {
  assert.throws(() =>
    flow("x", {
      ...{ name: "X", kind: "digital", start: "a" },
      activities: {
        a: { type: "wait", seconds: -1, next: "b" },
        b: { type: "close" },
      },
    }), { code: "invalid_request" });
});

/** Never called: what stands here is for the compiler. */
export function mistakes(): void {
  const voice = { name: "X", kind: "voice" } as const;
  flow("x", {
    ...voice,
    start: "a",
    activities: {
      // @ts-expect-error there is no activity "c"
      a: { type: "play", prompt: "welcome", next: "c" },
      b: { type: "hang-up" },
    },
  });
  flow("x", {
    ...voice,
    // @ts-expect-error there is no activity "z"
    start: "z",
    activities: { b: { type: "hang-up" } },
  });
  flow("x", {
    ...voice,
    start: "a",
    activities: {
      // @ts-expect-error play has no such field
      a: { type: "play", prompt: "welcome", volume: 3, next: "b" },
      b: { type: "hang-up" },
    },
  });
  flow("x", {
    ...voice,
    start: "a",
    activities: {
      // @ts-expect-error next is missing
      a: { type: "play", prompt: "welcome" },
      b: { type: "hang-up" },
    },
  });
  flow("x", {
    ...voice,
    variables: { known: "" },
    start: "a",
    activities: {
      // @ts-expect-error there is no variable "unknown"
      a: { type: "set", variable: "unknown", value: "1", next: "b" },
      b: { type: "hang-up" },
    },
  });
  flow("x", {
    ...voice,
    start: "a",
    activities: {
      // @ts-expect-error a call is not closed
      a: { type: "close", text: "Goodbye" },
    },
  });
  flow("x", {
    ...voice,
    start: "a",
    // @ts-expect-error there is no such activity
    activities: { a: { type: "levitate" } },
  });
}
