import assert from "node:assert/strict";
import fc from "fast-check";
import { nextDeadline } from "../../interactions/next_deadline.ts";
import { evolve } from "../../tenants/evolve.ts";
import { decodeState } from "../../tenants/snapshot/decode_state.ts";
import { encodeState, factsText } from "../../tenants/snapshot/encode_state.ts";
import { hashState } from "../../tenants/snapshot/hash_state.ts";
import { emptyTenantState } from "../../tenants/tenant_state.ts";
import { FlowStage } from "../../testing/flow_stage.ts";
import { TRACE_LIMITS } from "../trace/trace_limits.ts";
import { FLOW_LIMITS } from "./flow_limits.ts";
import { anyFlow } from "./testing/any_flow.ts";

const RUNS = { numRuns: 250 };

/** What may happen to a contact in a flow; `n` chooses among the possible. */
const happening = fc.record({
  kind: fc.constantFrom(
    ...["played", "typed", "silent", "failed", "wrote", "service", "stale", "again"] as const,
    ...["agent", "accept", "join", "declines", "pass", "soon", "ends"] as const,
  ),
  n: fc.nat(30),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function happen(stage: FlowStage, { kind, n }: Happening): void {
  const { h, id } = stage;
  const it = h.state.interactions.get(id);
  const offered = h.state.agents.get("anna")?.offeredInteractionId;
  switch (kind) {
    case "pass":
      return void h.pass(n * 30_000);
    case "soon":
      return void h.pass(n * 100);
    case "agent":
      return h.available(n % 2 ? "anna" : "ben");
    case "accept":
      return void (offered && h.accept("anna"));
    case "declines": {
      const offer = h.state.interactions.get(offered ?? "")?.offer;
      return void (offer?.declinable &&
        h.agent("anna", { type: "offer.decline", offerId: offer.offerId }));
    }
    case "wrote":
      return void (it && !it.call && stage.wrote(n % 2 ? "1" : "blue"));
  }
  if (!it) return;
  const step = kind === "stale" ? n % (it.flow.lastStep + 1) : it.flow.step;
  switch (kind) {
    case "service":
      return void h.send({ type: "flow-answered", interactionId: id, step, answer: answered(n) });
    case "join":
      return void (it.call && it.agentLegId && h.join(id));
    case "ends":
      return void (it.call && n === 0 && h.hangUp(id));
  }
  if (!it.call) return;
  if (kind === "played" || kind === "stale") stage.played("completed", step);
  if (kind === "failed") stage.played("failed", step);
  if (kind === "typed") stage.typed(String(n), step);
  if (kind === "silent") stage.typed("", step);
  if (kind === "again") {
    stage.typed("1", step);
    if (!stage.over) stage.typed("1", step);
  }
}

/** What a service may have answered: now and then what none would. */
function answered(n: number) {
  if (n % 5 === 0) return { n };
  const outcome = (["answered", "answered", "failed", "timeout"] as const)[n % 4];
  const [status, code] = outcome === "answered" ? [n % 3 ? 200 : 404, null] : [null, "refused"];
  return { outcome, status, code, duration: n, values: { y: String(n) }, sealed: {} };
}

/** What always holds of an instance. */
function check(stage: FlowStage): void {
  const it = stage.h.state.interactions.get(stage.id);
  if (!it) return;
  const { flow } = it;
  if (it.phase === "flow") assert.notEqual(nextDeadline(it), null, "it hangs");
  for (const thread of [flow, ...flow.handlers]) {
    assert.ok(thread.frames.length <= FLOW_LIMITS.frames, "too many flows in each other");
  }
  for (const handler of flow.handlers) assert.notEqual(handler.deadline, null, "a handler hangs");
  assert.ok(flow.handlers.length <= FLOW_LIMITS.handlers, "too many handlers");
  assert.ok(flow.failures <= FLOW_LIMITS.failures + FLOW_LIMITS.handlers + 1, "too many failures");
  let size = 0;
  for (const value of Object.values(flow.variables)) {
    assert.ok(value.length <= FLOW_LIMITS.value, "a value is too long");
    size += value.length;
  }
  assert.ok(size <= FLOW_LIMITS.memory + 4096, "the variables are too long");
}

for (const kind of ["voice", "digital"] as const) {
  Deno.test(`any ${kind} flow keeps its limits, never hangs, and replays to the same state`, () => {
    fc.assert(
      fc.property(
        anyFlow(kind),
        fc.record({ inner: anyFlow(kind), other: anyFlow(kind) }),
        fc.array(happening, { maxLength: 40 }),
        fc.nat(40),
        (flow, flows, happenings, cut) => {
          const stage = new FlowStage(flow, { kind, flows });
          const { h } = stage;
          check(stage);
          let snapshot = { events: 0, state: factsText(encodeState(emptyTenantState())), seq: 0 };
          for (const [i, one] of happenings.entries()) {
            if (stage.over) break;
            const events = h.log.length;
            happen(stage, one);
            check(stage);
            assert.ok(h.log.length - events < 60_000, "too much happens at once");
            if (i !== cut) continue;
            const { seq } = h.state;
            snapshot = { events: h.log.length, state: factsText(encodeState(h.state)), seq };
          }
          const whole = emptyTenantState();
          for (const { at, event } of h.log) evolve(whole, event, at);
          assert.equal(hashState(whole), hashState(h.state), "a replay makes another state");
          const rest = decodeState(snapshot.seq, JSON.parse(snapshot.state));
          for (const { at, event } of h.log.slice(snapshot.events)) evolve(rest, event, at);
          assert.equal(hashState(rest), hashState(h.state), "a snapshot makes another state");
          for (const item of h.traces) {
            assert.ok(JSON.stringify(item.input).length <= TRACE_LIMITS.input + 200);
            assert.ok(JSON.stringify(item.output).length <= 2 * TRACE_LIMITS.output);
          }
        },
      ),
      RUNS,
    );
  });
}

Deno.test("a neighbour notices nothing of any flow", () => {
  fc.assert(
    fc.property(
      anyFlow("voice"),
      anyFlow("voice"),
      fc.array(happening, { maxLength: 20 }),
      (flow, inner, happenings) => {
        const stage = new FlowStage(flow, {
          flows: { inner, other: inner },
          change: (draft) => {
            draft.entryPoints.push({
              ...{ id: "next", name: "Next", channel: "voice", number: "+4969900199" },
              flowId: "neighbour",
            });
            draft.flows.push({
              ...{ id: "neighbour", name: "Neighbour", kind: "voice", start: "wait" },
              activities: { wait: { type: "wait", seconds: 86_400, next: "wait" } },
            });
          },
        });
        const { h } = stage;
        const neighbour = h.newId();
        h.call(neighbour, {
          ...{ type: "call.offered", from: "+49891", to: "+4969900199", transport: "sip-udp" },
          ...{ legId: h.newId(), trunkId: h.newId() },
        });
        h.call(neighbour, { type: "call.answered", codec: "PCMU" });
        const before = JSON.stringify(h.interaction(neighbour));
        for (const one of happenings) if (!stage.over) happen(stage, one);
        assert.equal(JSON.stringify(h.interaction(neighbour)), before);
      },
    ),
    { numRuns: 100 },
  );
});
