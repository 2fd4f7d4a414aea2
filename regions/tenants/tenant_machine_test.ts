import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";
import { evolve } from "./evolve.ts";
import { TenantEvent } from "./tenant_event.ts";
import { emptyTenantState } from "./tenant_state.ts";

const AGENTS = ["anna", "ben", "cleo"];
const QUEUES = ["sales", "support", "messages"];
const actions = [
  "caller",
  "message",
  "available",
  "idle",
  "gone",
  "softphone-lost",
  "accept",
  "decline",
  "join",
  "join-failed",
  "agent-lost",
  "end",
  "hang-up",
  "wrap-up",
  "pass",
] as const;

function act(h: TenantHarness, action: (typeof actions)[number], n: number): void {
  const agentId = AGENTS[n % AGENTS.length];
  const agent = h.state.agents.get(agentId);
  const assigned = agent?.assigned[0];
  const it = h.state.interactions.get(assigned ?? "");
  const offered = h.state.interactions.get(agent?.offeredInteractionId ?? "")?.offer;
  const calls = [...h.state.interactions.values()].filter((x) => x.call && !x.call.ended);
  const call = calls[n % Math.max(calls.length, 1)];
  switch (action) {
    case "caller":
      return void h.queuedCaller(String(n % 3));
    case "message":
      return void h.message(`100000${n % 4}`, "Hi");
    case "available":
      return h.available(agentId);
    case "idle":
      return void h.agent(agentId, { type: "agent.set-state-idle", idleCode: null });
    case "gone":
      return void h.send({ type: "presence", agentId, edgeId: "local", connected: false });
    case "softphone-lost":
      return void h.send({ type: "softphone", popId: "FRA", agentId, connected: false });
    case "accept":
      return void (offered && h.agent(agentId, { type: "offer.accept", offerId: offered.offerId }));
    case "decline":
      return void (offered &&
        h.agent(agentId, { type: "offer.decline", offerId: offered.offerId }));
    case "join":
      return void (it?.agentLegId &&
        h.call(it.id, { type: "leg.joined", legId: it.agentLegId, agentId, codec: "PCMU" }));
    case "join-failed":
      return void (it?.agentLegId &&
        h.call(it.id, { type: "leg.ended", legId: it.agentLegId, cause: "failure", media: null }));
    case "agent-lost":
      return void (it?.agentLegId &&
        h.call(it.id, {
          type: "leg.ended",
          legId: it.agentLegId,
          cause: "agent-lost",
          media: null,
        }));
    case "end":
      return void (assigned &&
        h.agent(agentId, { type: "interaction.end", interactionId: assigned }));
    case "hang-up":
      return void (call &&
        h.call(call.id, { type: "call.ended", cause: "caller-hung-up", media: null }));
    case "wrap-up":
      return void (assigned && h.agent(agentId, {
        type: "interaction.wrap-up",
        interactionId: assigned,
        code: "resolved",
      }));
    case "pass":
      return void h.pass(n * 997);
  }
}

/** Plays a history; a refusal is fine, that it changed nothing is part of what is checked next. */
function play(steps: [(typeof actions)[number], number][], after = (_: TenantHarness) => {}) {
  const h = new TenantHarness();
  for (const [action, n] of steps) {
    try {
      act(h, action, n);
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
    }
    h.at += 1;
    after(h);
  }
  return h;
}

function check(h: TenantHarness): void {
  const lines = QUEUES.map((id) => [...h.state.routing.waitingIn(id)]);
  const inLine = lines.flat().map((it) => it.id);
  assert.equal(new Set(inLine).size, inLine.length, "an interaction stands in one line once");
  for (const it of h.state.interactions.values()) {
    assert.equal(inLine.includes(it.id), it.phase === "queued", `${it.phase} and in line`);
    assert.notEqual(nextDeadline(it), null, `${it.phase} has a deadline`);
    assert.equal(it.offer !== null, it.phase === "offered", "an offer stands only while offered");
    if (it.offer) {
      assert.equal(h.state.agents.get(it.offer.agentId)?.offeredInteractionId, it.id);
    }
  }
  for (const agent of h.state.agents.values()) {
    const kinds = agent.assigned.map((id) => h.interaction(id).channel);
    assert.ok(kinds.filter((kind) => kind === "voice").length <= 1, "one call at a time");
    assert.ok(kinds.filter((kind) => kind !== "voice").length <= 3, "no more than the profile");
    if (agent.offeredInteractionId) {
      assert.equal(h.interaction(agent.offeredInteractionId).offer?.agentId, agent.id);
    }
  }
  for (const line of lines) {
    const order = line.map((it) => it.place!.order);
    assert.deepEqual(order, [...order].sort((a, b) => a - b), "the oldest is first");
  }
}

const history = fc.array(fc.tuple(fc.constantFrom(...actions), fc.nat(60)), {
  maxLength: 60,
  size: "max",
});

Deno.test("the tenant machine keeps its promises under any sequence of commands", () => {
  fc.assert(fc.property(history, (steps) => void play(steps, check)), { numRuns: 300 });
});

Deno.test("the tenant machine's log replays to the same state", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const h = play(steps);
      const replayed = emptyTenantState();
      for (const { at, event } of h.log) {
        evolve(replayed, TenantEvent.parse(JSON.parse(JSON.stringify(event))), at);
      }
      const { routing: _, ...facts } = h.state;
      const { routing: __, ...again } = replayed;
      assert.deepEqual(again, facts);
    }),
    { numRuns: 200 },
  );
});

Deno.test("the tenant machine drains once everybody hangs up and time passes", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const h = play(steps);
      for (const it of [...h.state.interactions.values()]) {
        if (it.call) h.call(it.id, { type: "call.ended", cause: "caller-hung-up", media: null });
      }
      h.pass(3 * 86_400_000);
      assert.equal(h.state.interactions.size, 0);
      for (const id of QUEUES) assert.equal(h.state.routing.waitingIn(id).size, 0);
    }),
    { numRuns: 100 },
  );
});
