import assert from "node:assert/strict";
import fc from "fast-check";
import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import { compareByService } from "../routing/compare_by_service.ts";
import { hasDeclined } from "../routing/has_declined.ts";
import { hasRoom } from "../routing/has_room.ts";
import { meetsRequirement } from "../skills/meets_requirement.ts";
import { ACTIONS } from "../testing/act.ts";
import { playHistory } from "../testing/play_history.ts";
import type { TenantHarness } from "../testing/tenant_harness.ts";
import { evolve } from "./evolve.ts";
import { TenantEvent } from "./tenant_event.ts";
import { emptyTenantState } from "./tenant_state.ts";

const QUEUES = ["sales", "support", "messages", "campaign"];
/** Phases in which an agent has the interaction. */
const HELD = ["connecting", "connected", "interrupted", "wrap-up"];

/** The rules of eligibility, without any index. */
function canTake(agent: Agent, it: Interaction): boolean {
  const { groups, groupsJoined, agentId, requirements } = it.place!;
  const teams = groups.slice(0, groupsJoined).flatMap((group) => group.teamIds);
  return agent.state === "available" && agent.edgeId !== null &&
    agent.offeredInteractionId === null && !hasDeclined(it, agent) &&
    (agentId === null ? teams.some((id) => agent.teamIds.includes(id)) : agentId === agent.id) &&
    requirements.every((requirement) => meetsRequirement(agent.skills, requirement)) &&
    hasRoom(agent.capacity, agent.load, mediaOf(it.channel)) &&
    (it.virtual === null || agent.softphonePopId !== null) &&
    (!it.call || it.virtual !== null || agent.softphonePopId === it.call.popId);
}

/** Nobody is called twice at once, oftener than the queue says, or outside its hours. */
function checkCalls(h: TenantHarness): void {
  const numbers: string[] = [];
  for (const it of h.state.interactions.values()) {
    const { call, callback } = it;
    if (it.phase === "dialling") assert.ok(call?.number, "a call is made");
    if (call?.number && !call.ended) {
      numbers.push(call.number);
      assert.ok(h.state.outgoing.isCalled(call.number));
      assert.equal(h.state.outgoing.interactionOf(call.callId), it.id);
    }
    assert.ok((callback?.attempts ?? 0) <= 3, "called too often");
    const standing = it.legs.filter(({ kind, endedAt }) => kind === "carrier" && endedAt === null);
    assert.ok(standing.length <= 1, "one call at a time");
  }
  assert.equal(new Set(numbers).size, numbers.length, "a number has one call at a time");
}

function check(h: TenantHarness): void {
  checkCalls(h);
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
  for (const it of h.state.interactions.values()) {
    const has = h.state.agents.get(it.agentId ?? "")?.assigned.includes(it.id) ?? false;
    const held = HELD.includes(it.phase) || (it.phase === "dialling" && it.agentLegId !== null);
    assert.equal(has, held, `${it.phase} and with an agent`);
  }
  for (const agent of h.state.agents.values()) {
    const load = { voice: 0, chat: 0, email: 0, social: 0 };
    for (const id of agent.assigned) load[mediaOf(h.interaction(id).channel)] += 1;
    assert.deepEqual(agent.load, load);
    const kinds = agent.assigned.map((id) => h.interaction(id).channel);
    assert.ok(kinds.filter((kind) => kind === "voice").length <= 1, "one call at a time");
    assert.ok(kinds.filter((kind) => kind !== "voice").length <= 3, "no more than the profile");
    if (agent.offeredInteractionId) {
      const { offer, callback } = h.interaction(agent.offeredInteractionId);
      assert.equal(offer?.agentId ?? callback?.reservedAgentId, agent.id);
    }
  }
  for (const line of lines) {
    const inOrder = [...line].sort((a, b) => compareByService(a.place!, b.place!));
    assert.deepEqual(line.map((it) => it.id), inOrder.map((it) => it.id), "served in order");
  }
  for (const it of lines.flat()) {
    const free = [...h.state.agents.values()].find((agent) => canTake(agent, it));
    assert.equal(free?.id, undefined, `${it.id} waits though an agent is free`);
  }
  const outside = [...h.state.interactions.values()].filter((it) => it.teamId !== null);
  assert.equal(h.state.outsideCalls.get("outside") ?? 0, outside.length);
  assert.ok(outside.length <= 2, "no more than the team's number takes");
  for (const it of lines.flat().filter((it) => it.call && !it.virtual)) {
    const { groups, groupsJoined, triedTeamIds, agentId } = it.place!;
    const searched = groups.slice(0, groupsJoined).some((group) =>
      group.teamIds.includes("outside")
    );
    const waits = searched && agentId === null && !triedTeamIds.includes("outside");
    if (waits && !it.call!.ended) {
      assert.equal(outside.length, 2, "waits though the number has room");
    }
  }
}

const history = fc.array(fc.tuple(fc.constantFrom(...ACTIONS), fc.nat(60)), {
  maxLength: 60,
  size: "max",
});

Deno.test("the tenant machine keeps its promises under any sequence of commands", () => {
  fc.assert(fc.property(history, (steps) => void playHistory(steps, check)), { numRuns: 300 });
});

Deno.test("the tenant machine's log replays to the same state", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const h = playHistory(steps);
      const replayed = emptyTenantState();
      for (const { at, event } of h.log) {
        evolve(replayed, TenantEvent.parse(JSON.parse(JSON.stringify(event))), at);
      }
      const { routing: _, outgoing: ___, ...facts } = h.state;
      const { routing: __, outgoing: ____, ...again } = replayed;
      assert.deepEqual(again, facts);
    }),
    { numRuns: 200 },
  );
});

Deno.test("the tenant machine drains once everybody hangs up and time passes", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const h = playHistory(steps);
      for (const it of [...h.state.interactions.values()]) {
        if (it.call) {
          h.call(it.id, {
            type: "call.ended",
            cause: "caller-hung-up",
            sipStatus: null,
            media: null,
          });
        }
      }
      h.pass(3 * 86_400_000);
      assert.equal(h.state.interactions.size, 0);
      for (const id of QUEUES) assert.equal(h.state.routing.waitingIn(id).size, 0);
    }),
    { numRuns: 100 },
  );
});
