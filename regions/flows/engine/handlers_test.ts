import assert from "node:assert/strict";
import { FlowStage } from "../../testing/flow_stage.ts";
import { NUMBER } from "../../testing/tenant_harness.ts";
import { FLOW_LIMITS } from "./flow_limits.ts";

const END = { type: "return" };

Deno.test("a handler runs beside the flow when an agent answers, and shows the agent a page", () => {
  const stage = new FlowStage({
    variables: { customer: "4711" },
    activities: {
      queue: { type: "queue", queueId: "sales" },
      pop: {
        type: "screen-pop",
        url: "https://crm.example/{{ customer }}/{{ agentId }}",
        next: "end",
      },
      end: END,
    },
    handlers: [{ event: "agent-answered", start: "pop" }],
  });
  stage.h.available("anna");
  stage.h.accept("anna");
  const before = stage.it.screenPop;
  assert.equal(before, null);
  stage.h.join(stage.id);
  assert.equal(stage.it.phase, "connected");
  assert.equal(stage.it.screenPop?.url, "https://crm.example/4711/anna");
  assert.deepEqual(stage.variables.agentName, "Anna");
  const told = stage.h.takeEffects("desktop").map((effect) => JSON.stringify(effect));
  assert.ok(told.some((text) => text.includes("https://crm.example/4711/anna")));
});

Deno.test("handlers wait for themselves, while the flow and an agent go on", () => {
  const stage = new FlowStage({
    activities: {
      queue: { type: "queue", queueId: "sales", next: "treat" },
      treat: { type: "play", prompt: "welcome", next: "treat" },
      hold: { type: "wait", seconds: 60, next: "mark" },
      mark: { type: "set", variable: "marked", value: "{{ eventName }}", next: "end" },
      end: END,
    },
    handlers: [{ event: "queued", start: "hold" }],
  });
  assert.equal(stage.it.flow.handlers.length, 1);
  stage.h.available("anna");
  stage.h.accept("anna");
  stage.h.join(stage.id);
  stage.h.pass(60_000);
  assert.equal(stage.variables.marked, "queued");
  assert.deepEqual([stage.it.phase, stage.it.flow.handlers], ["connected", []]);
});

Deno.test("so many handlers are under way at a time, no more", () => {
  const stage = new FlowStage({
    activities: {
      ...Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [
          `e${i}`,
          { type: "emit-event", name: "ping", next: i === 11 ? "wait" : `e${i + 1}` },
        ]),
      ),
      wait: { type: "wait", seconds: 600, next: "wait" },
      hold: { type: "wait", seconds: 60, next: "end" },
      end: END,
    },
    handlers: [{ event: "custom", name: "ping", start: "hold" }],
  });
  assert.equal(stage.it.flow.handlers.length, FLOW_LIMITS.handlers);
  stage.h.pass(60_000);
  assert.deepEqual(stage.it.flow.handlers, []);
});

Deno.test("handlers that raise events for each other come to an end", () => {
  const stage = new FlowStage({
    activities: {
      start: { type: "emit-event", name: "ping", next: "wait" },
      wait: { type: "wait", seconds: 600, next: "wait" },
      ping: { type: "emit-event", name: "ping", next: "end" },
      end: END,
    },
    handlers: [{ event: "custom", name: "ping", start: "ping" }],
  });
  const started = stage.h.log.filter(({ event }) => event.type === "flow.handler-started").length;
  assert.equal(started, 32);
  assert.equal(stage.it.flow.activityId, "wait");
});

Deno.test("a handler has no caller's ear and no queue", () => {
  const wrongs = [
    { type: "queue", queueId: "sales" },
    { type: "play", prompt: "welcome", next: "wait" },
    { type: "hang-up" },
  ];
  for (const wrong of wrongs) {
    const stage = new FlowStage({
      activities: {
        start: { type: "emit-event", name: "ping", next: "wait" },
        wait: { type: "wait", seconds: 600, next: "wait" },
        wrong,
      },
      handlers: [{ event: "custom", name: "ping", start: "wrong" }],
    });
    assert.equal(stage.variables.errorCode, "not-available", wrong.type);
    assert.deepEqual([stage.it.flow.activityId, stage.it.flow.handlers], ["wait", []], wrong.type);
  }
});

Deno.test("a handler's fault ends that handler alone", () => {
  const stage = new FlowStage({
    activities: {
      start: { type: "emit-event", name: "ping", next: "wait" },
      wait: { type: "wait", seconds: 600, next: "wait" },
      fails: { type: "set", variable: "x", value: "{{ 1 / 0 }}", next: "wait" },
    },
    handlers: [{ event: "custom", name: "ping", start: "fails" }],
  });
  assert.deepEqual([stage.it.flow.activityId, stage.it.flow.handlers, stage.it.phase], [
    "wait",
    [],
    "flow",
  ]);
});

Deno.test("handlers of one contact run however many others the same decision is about", () => {
  const stage = new FlowStage({
    activities: {
      queue: { type: "queue", queueId: "sales", next: "hold" },
      hold: { type: "wait", seconds: 60, next: "raise" },
      raise: { type: "emit-event", name: "ping", next: "rest" },
      rest: { type: "wait", seconds: 600, next: "rest" },
      mark: { type: "set", variable: "marked", value: "yes", next: "end" },
      end: END,
    },
    handlers: [{ event: "custom", name: "ping", start: "mark" }],
  });
  const { h } = stage;
  for (let i = 0; i < 50; i++) {
    const callId = h.newId();
    h.call(callId, {
      ...{ type: "call.offered", from: "+4930123456", to: NUMBER, transport: "sip-udp" },
      ...{ legId: h.newId(), trunkId: h.newId() },
    });
    h.call(callId, { type: "call.answered", codec: "PCMU" });
  }
  h.pass(60_000);
  const marked = [...h.state.interactions.values()]
    .filter(({ flow }) => flow.variables.marked === "yes");
  assert.equal(marked.length, 51);
});

Deno.test("all the handlers of a decision have so many steps together", () => {
  const LENGTH = 150;
  const activities = Object.fromEntries(
    Array.from({ length: LENGTH }, (_, i) => [
      `s${i}`,
      { type: "set", variable: "x", value: "1", next: i === LENGTH - 1 ? "end" : `s${i + 1}` },
    ]),
  );
  const stage = new FlowStage({
    activities: {
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `e${i}`,
          { type: "emit-event", name: "ping", next: i === 29 ? "wait" : `e${i + 1}` },
        ]),
      ),
      wait: { type: "wait", seconds: 5, next: "later" },
      later: { type: "emit-event", name: "ping", next: "rest" },
      rest: { type: "wait", seconds: 600, next: "rest" },
      ...activities,
      end: END,
    },
    handlers: ["s0", "s0", "s0"].map((start) => ({ event: "custom", name: "ping", start })),
  });
  const { lastStep } = stage.it.flow;
  assert.ok(lastStep > LENGTH && lastStep < 3 * FLOW_LIMITS.stepsInARow, String(lastStep));
  stage.h.pass(5_000);
  assert.ok(stage.it.flow.lastStep > lastStep + LENGTH, "the next decision has its own");
});
