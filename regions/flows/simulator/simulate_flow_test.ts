import assert from "node:assert/strict";
import type { z } from "zod";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { SimulationResult, SimulationScript } from "../../../protocol/flow/flow_simulation.ts";
import { TenantHarness } from "../../testing/tenant_harness.ts";
import { simulateFlow } from "./simulate_flow.ts";
import { SIMULATION_LIMITS } from "./simulation_limits.ts";

const { configuration } = new TenantHarness();

function simulate(
  flow: string | z.input<typeof FlowDocument>,
  script: z.input<typeof SimulationScript>,
  viewer = { admin: true },
) {
  const document = typeof flow === "string" ? flow : FlowDocument.parse(flow);
  const result = simulateFlow(configuration, document, SimulationScript.parse(script), viewer);
  assert.deepEqual(SimulationResult.parse(structuredClone(result)), result, "the schema fits");
  return result;
}

function voice(
  activities: Record<string, { type: string }>,
  more: Partial<z.input<typeof FlowDocument>> = {},
): z.input<typeof FlowDocument> {
  return {
    ...{ id: "try", name: "Try", kind: "voice", start: Object.keys(activities)[0], activities },
    ...more,
  };
}

const way = (result: SimulationResult) =>
  result.trace.map(({ activityId, state }) => `${activityId} ${state}`);

Deno.test("a published flow runs for a caller who types and is answered", () => {
  const result = simulate("welcome", {
    steps: [{ digits: "1" }, { agent: "answers", agentId: "ben" }, { wait: 60 }, { hangUp: true }],
  });
  assert.deepEqual(way(result), ["menu waiting", "menu done", "choose done", "sales done"]);
  assert.equal(result.variables.choice, "1");
  assert.deepEqual(result.heard.map(({ type }) => type), ["prompt", "music"]);
  assert.deepEqual(result.problems, []);
  const { how, cause, agentId, at } = result.end;
  assert.deepEqual([how, cause, agentId], ["ended", "caller-hung-up", "ben"]);
  assert.ok(at > Date.UTC(2026, 0, 5, 10) + 60_000);
});

Deno.test("a simulation is the same each time", () => {
  const script = { steps: [{ digits: "2" }, { agent: "declines" as const }, { wait: 5 }] };
  assert.deepEqual(simulate("welcome", script), simulate("welcome", script));
});

Deno.test("without a script the caller is silent and no agent comes", () => {
  const result = simulate("welcome", {});
  assert.deepEqual(way(result), ["menu waiting", "menu done", "support done"]);
  assert.deepEqual(
    [result.end.how, result.end.agentId],
    ["ended", null],
    "the queue's time is over",
  );
});

Deno.test("an agent who has the contact ends what there is to simulate", () => {
  const { end, problems } = simulate("welcome", {
    steps: [{ silence: true }, { agent: "answers" }],
  });
  assert.deepEqual([end.how, end.agentId, problems], ["with-agent", "anna", []]);
});

Deno.test("steps that do not fit, or never come about, are told as problems", () => {
  const voiceResult = simulate("welcome", {
    steps: [{ message: "Hi" }, { digits: "1" }, { digits: "2" }],
  });
  assert.deepEqual(voiceResult.problems, [
    { step: 0, message: "One who calls cannot write" },
    { step: 2, message: "The flow never came to where this would happen" },
  ]);
  const chat = simulate("greet", { steps: [{ digits: "1" }, { hangUp: true }] });
  assert.deepEqual(chat.problems.map(({ step }) => step), [0, 1]);
  assert.throws(() => simulate("nothing", {}), { code: "not_found" });
  assert.throws(() => simulate("greet", { start: { channel: "voice" } }), {
    code: "invalid_request",
  });
});

Deno.test("one who writes is asked, and reads what the flow writes", () => {
  const result = simulate({
    ...voice({
      hello: { type: "send-message", text: "Hello {{ contactName }}", next: "ask" },
      ask: {
        ...{ type: "ask", text: "Which colour?", variable: "colour", choices: ["red", "blue"] },
        ...{ next: "thanks", onTimeout: "thanks" },
      },
      thanks: { type: "close", text: "{{ colour }} it is" },
    } as Record<string, { type: string }>),
    kind: "digital",
  }, { start: { name: "Rosa" }, steps: [{ message: "green" }, { message: "BLUE" }] });
  assert.deepEqual(result.heard.map((it) => it.type === "message" ? it.text : ""), [
    "Hello Rosa",
    "Which colour?",
    "Which colour?",
    "blue it is",
  ]);
  assert.deepEqual([result.end.how, result.problems], ["ended", []]);
});

Deno.test("hours, the clock, the caller and the language are the script's", () => {
  const flow = voice({
    set: { type: "set", variable: "said", value: "{{ callerNumber }} {{ language }}", next: "bye" },
    bye: { type: "hang-up" },
  } as Record<string, { type: string }>);
  const start = { from: "+49891", language: "fr", at: "2026-03-01T12:00:00+01:00" };
  const { variables, trace } = simulate(flow, { start });
  assert.equal(variables.said, "+49891 fr");
  assert.equal(trace[0].at, Date.UTC(2026, 2, 1, 11));
});

Deno.test("what is sensitive or hidden is not told", () => {
  const flow = voice({
    set: { type: "set", variable: "balance", value: "98765", next: "wait" },
    wait: { type: "wait", seconds: 10, next: "bye" },
    bye: { type: "hang-up" },
  } as Record<string, { type: string }>, {
    variables: {
      balance: { type: "number", agentViewable: false },
      pin: { type: "text", sensitive: true },
    },
  });
  const result = simulate(flow, {}, { admin: false });
  assert.equal(result.variables.balance, "(hidden)");
  assert.equal(result.variables.pin, "");
  assert.doesNotMatch(JSON.stringify(result), /98765/);
  assert.match(JSON.stringify(simulate(flow, {})), /98765/);
});

Deno.test("a flow that goes on for ever is stopped", () => {
  const steps = simulate(
    voice({
      wait: { type: "wait", seconds: 1, next: "set" },
      set: { type: "set", variable: "x", value: "1", next: "wait" },
    } as Record<string, { type: string }>),
    {},
  );
  assert.equal(steps.end.how, "limit");
  assert.ok(steps.trace.length <= SIMULATION_LIMITS.steps + 400);
  const time = simulate(
    voice({
      wait: { type: "wait", seconds: 3600, next: "wait" },
    } as Record<string, { type: string }>),
    {},
  );
  assert.deepEqual([time.end.how, time.problems.at(-1)?.message], ["limit", "More than a day"]);
  const loop = simulate(
    voice({
      a: { type: "set", variable: "x", value: "1", next: "a" },
    } as Record<string, { type: string }>),
    {},
  );
  assert.equal(loop.end.how, "ended");
});
