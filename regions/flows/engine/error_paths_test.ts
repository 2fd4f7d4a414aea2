import assert from "node:assert/strict";
import { FlowStage } from "../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "wait" };
const FAILS = { type: "set", variable: "x", value: "{{ 1 / 0 }}", next: "wait" };

Deno.test("a fault takes the activity's error path, then the flow's, and says what happened", () => {
  const own = new FlowStage({
    onError: "flows",
    activities: { fails: { ...FAILS, onError: "own" }, own: WAIT, flows: WAIT },
  });
  assert.equal(own.it.flow.activityId, "own");
  const { errorCode, errorMessage, errorActivity } = own.variables;
  assert.deepEqual([errorCode, errorActivity], ["expression-failed", "fails"]);
  assert.ok(errorMessage.length > 0);
  assert.deepEqual(own.trace[0].error, { code: errorCode, message: errorMessage });
  const flows = new FlowStage({ onError: "flows", activities: { fails: FAILS, flows: WAIT } });
  assert.equal(flows.it.flow.activityId, "flows");
});

Deno.test("an error path that leads to what failed is none", () => {
  const stage = new FlowStage({ onError: "fails", activities: { fails: FAILS } });
  assert.equal(stage.it.flow.failures, 1);
  assert.ok(stage.it.call!.hangUpBy !== null);
});

Deno.test("an activity that does not exist, or that nobody knows, is a fault", () => {
  for (const type of ["missing", "no-such-type"]) {
    const activities = type === "missing"
      ? { a: { type: "set", variable: "x", value: "1", next: "gone" }, wait: WAIT }
      : { a: { type }, wait: WAIT };
    const stage = new FlowStage({ onError: "wait", activities });
    assert.equal(stage.variables.errorCode, "activity-missing");
    assert.equal(stage.it.flow.activityId, "wait");
  }
});

Deno.test("a fault without an error path ends the flow: a caller is hung up on, one who waits is not", () => {
  const waiting = new FlowStage({
    activities: {
      queue: { type: "queue", queueId: "sales", next: "fails" },
      fails: FAILS,
    },
  });
  assert.deepEqual([waiting.it.phase, waiting.it.flow.activityId], ["queued", null]);
  waiting.h.available("anna");
  assert.equal(waiting.it.phase, "offered");
});
