import assert from "node:assert/strict";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { FlowStage, type StagedFlow } from "../../../testing/flow_stage.ts";

const WAIT = { type: "wait", seconds: 600, next: "wait" };

function calling(inner: StagedFlow, members: Record<string, unknown> = {}, more = {}) {
  return new FlowStage({
    variables: { name: "outer's", shared: "before", total: { type: "number", value: "1" } },
    activities: {
      call: { type: "sub-flow", flowId: "inner", next: "wait", ...members },
      wait: WAIT,
      own: WAIT,
      whole: WAIT,
    },
    ...more,
  }, { flows: { inner } });
}

Deno.test("a sub-flow has its own variables, shares the others, and gives outputs back", () => {
  const stage = calling({
    variables: { name: "inner's", amount: { type: "number" }, result: "" },
    activities: {
      set: {
        type: "set",
        variable: "result",
        value: "{{ name }} {{ amount + 1 }}",
        next: "rename",
      },
      rename: { type: "set", variable: "name", value: "changed", next: "share" },
      share: { type: "set", variable: "shared", value: "after", next: "hold" },
      hold: { type: "wait", seconds: 5, next: "end" },
      end: { type: "return" },
    },
  }, {
    inputs: { amount: "total + 40" },
    outputs: [{ variable: "outcome", from: "result" }],
  });
  assert.equal(stage.it.flow.flowId, "inner");
  assert.equal(stage.variables.name, "changed");
  stage.h.pass(5_000);
  const { flow } = stage.it;
  assert.deepEqual([flow.flowId, flow.activityId, flow.frames], ["welcome", "wait", []]);
  const { name, shared, outcome, result, amount } = stage.variables;
  assert.deepEqual([name, shared, outcome], ["outer's", "after", "inner's 42"]);
  assert.deepEqual([result, amount], [undefined, undefined], "its own are gone");
});

Deno.test("the return to a flow is part of the step that called", () => {
  const stage = calling({ activities: { end: { type: "return" } } });
  const { step } = stage.h.traces.find(({ activityId }) => activityId === "call")!;
  const steps = stage.h.traces.filter(({ activityId }) => activityId === "call");
  assert.deepEqual(steps.map((it) => it.step), [step, step]);
});

Deno.test("what a sub-flow says of its own variables does not hold for its caller's", () => {
  const stage = calling({
    variables: {
      name: { type: "text", sensitive: true },
      card: { type: "text", sensitive: true },
      shared: { type: "text", agentEditable: true, reportable: true },
    },
    activities: { hold: { type: "wait", seconds: 5, next: "end" }, end: { type: "return" } },
  });
  const { sensitive, editable, hidden } = stage.it.variableLists;
  assert.deepEqual([sensitive, editable, hidden.includes("card")], [
    ["name", "card"],
    ["shared"],
    true,
  ]);
  stage.h.pass(5_000);
  const none = { hidden: ["total"], editable: [], reportable: [], sensitive: [] };
  assert.deepEqual(stage.it.variableLists, none);
  assert.equal(stage.variables.name, "outer's");
});

Deno.test("a sub-flow's fault takes its own error path, else its caller's", () => {
  const fails = { type: "set", variable: "x", value: "{{ 1 / 0 }}", next: "hold" };
  const own = calling({ onError: "hold", activities: { fails, hold: WAIT } });
  assert.deepEqual([own.it.flow.flowId, own.it.flow.activityId], ["inner", "hold"]);
  const ofActivity = calling({ activities: { fails } }, { onError: "own" }, { onError: "whole" });
  assert.deepEqual([ofActivity.it.flow.activityId, ofActivity.it.flow.frames], ["own", []]);
  assert.equal(ofActivity.variables.errorActivity, "fails");
  assert.equal(
    calling({ activities: { fails } }, {}, { onError: "whole" }).it.flow.activityId,
    "whole",
  );
  const none = calling({ activities: { fails } });
  assert.equal(none.it.flow.activityId, null);
  assert.ok(none.it.call!.hangUpBy !== null, "the call is ended");
});

Deno.test("a caller's error path may have the name of what failed in the sub-flow", () => {
  const fails = { type: "set", variable: "x", value: "{{ 1 / 0 }}", next: "hold" };
  const { it } = calling({ activities: { own: fails, hold: WAIT } }, { onError: "own" });
  assert.deepEqual([it.flow.flowId, it.flow.activityId, it.flow.frames], ["welcome", "own", []]);
  const itself = calling({ activities: { fails, hold: WAIT } }, { onError: "call" });
  assert.equal(itself.it.flow.failures, 1, "what called leads to itself");
});

Deno.test("a sub-flow that is missing, too deep, or given something sensitive in clear is a fault", () => {
  const code = (stage: FlowStage) => stage.variables.errorCode;
  const end = { end: { type: "return" } };
  assert.equal(
    code(calling({ activities: end }, { flowId: "gone", onError: "own" })),
    "flow-missing",
  );
  const sensitive = {
    variables: { pin: { type: "text" as const, sensitive: true } },
    activities: end,
  };
  const given = calling(sensitive, { inputs: { pin: "'1234'" }, onError: "own" });
  assert.equal(code(given), "variable-sealed");
  const again = { again: { type: "sub-flow", flowId: "inner", next: "again" } };
  const deep = calling({ activities: again }, { onError: "own" });
  assert.equal(code(deep), "flow-nested-too-deep");
  assert.deepEqual([deep.it.flow.activityId, deep.it.flow.frames], ["own", []]);
  assert.equal(deep.trace.length, FLOW_LIMITS.frames + 2);
});

Deno.test("a flow for those who write does not run for a caller", () => {
  const write = { type: "send-message", text: "Hello", next: "end" };
  const stage = calling(
    { kind: "digital", activities: { write, end: { type: "return" } } },
    { onError: "own" },
  );
  assert.deepEqual([stage.it.flow.activityId, stage.variables.errorCode], ["own", "not-available"]);
  assert.deepEqual(stage.h.takeEffects("provider"), []);
});

const HERS = {
  ...{ type: "queue-to-agent", agentId: "anna", queueId: "sales", onUnavailable: "elsewhere" },
};

/** A caller who has been waiting for Anna when she declines them. */
function declined(flow: StagedFlow, inner: StagedFlow): FlowStage {
  const stage = new FlowStage(
    { activities: { rest: { type: "wait", seconds: 5, next: "first" }, ...flow.activities } },
    { flows: { inner } },
  );
  stage.h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: true });
  stage.h.pass(5_000);
  assert.equal(stage.it.phase, "queued");
  stage.h.available("anna");
  const { offerId } = stage.it.offer!;
  stage.h.agent("anna", { type: "offer.decline", offerId });
  return stage;
}

Deno.test("who is declined by the one agent they wait for goes on in the flow that named the agent", () => {
  const stage = declined({
    activities: {
      first: { ...HERS, next: "treat" },
      treat: { type: "sub-flow", flowId: "inner", next: "wait" },
      elsewhere: WAIT,
      wait: WAIT,
    },
  }, { activities: { hold: WAIT } });
  const { flow, phase } = stage.it;
  assert.deepEqual([phase, flow.flowId, flow.activityId, flow.frames], [
    ...["flow", "welcome", "elsewhere"],
    [],
  ]);
});

Deno.test("also when that flow has returned meanwhile", () => {
  const stage = declined({
    activities: {
      first: { type: "sub-flow", flowId: "inner", next: "treat" },
      treat: WAIT,
      wait: WAIT,
    },
  }, {
    activities: {
      hers: { ...HERS, next: "end" },
      end: { type: "return" },
      elsewhere: WAIT,
      wait: WAIT,
    },
  });
  const { flow, phase } = stage.it;
  assert.deepEqual([phase, flow.flowId, flow.activityId], ["flow", "inner", "elsewhere"]);
});
