import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { compareByService } from "../routing/compare_by_service.ts";
import { hasDeclined } from "../routing/has_declined.ts";
import { hasRoom } from "../routing/has_room.ts";
import { meetsRequirement } from "../skills/meets_requirement.ts";
import { type Draft, TenantHarness } from "../testing/tenant_harness.ts";
import { evolve } from "./evolve.ts";
import { TenantEvent } from "./tenant_event.ts";
import { emptyTenantState } from "./tenant_state.ts";

const AGENTS = ["anna", "ben", "cleo"];
const QUEUES = ["sales", "support", "messages", "campaign"];
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
  "write",
  "callback",
  "listed",
  "prioritise",
  "outside-ended",
  "reconfigure",
  "pass",
] as const;

/** A tenant that uses every rule of routing there is. */
function everyRule(): TenantHarness {
  return new TenantHarness((draft) => {
    draft.skills = [{ id: "german", name: "German", kind: "proficiency" }];
    draft.agents.forEach((agent: Draft["agents"], i: number) => agent.skills = { german: 4 * i });
    draft.teams.push({
      id: "outside",
      name: "Outside",
      siteId: "hq",
      capacity: { number: "+4930999", calls: 2 },
    });
    const [sales, support, messages] = draft.queues;
    sales.distribution.push({ afterSeconds: 40, teamIds: ["outside"] });
    sales.selection = "best-available";
    Object.assign(support, { maxWaitSeconds: 50, overflowQueueId: "sales", declinable: false });
    Object.assign(messages, {
      acceptance: "automatic",
      firstResponseSeconds: 20,
      followUpSeconds: 15,
      contactIdle: { seconds: 30 },
    });
    draft.queues.push({
      id: "campaign",
      name: "Campaign",
      kind: "voice",
      direction: "outbound",
      relativePriority: 6,
      distribution: [{ afterSeconds: 0, teamIds: ["desk", "backup"] }],
    });
    Object.assign(draft.flows[0].activities, {
      sales: {
        type: "queue",
        queueId: "sales",
        priority: 1,
        next: "patience",
        requirements: [{ skillId: "german", atLeast: 5 }],
        relaxation: [{ afterSeconds: 25, requirements: [] }],
      },
      patience: { type: "play", prompt: "welcome", next: "sales" },
      support: {
        type: "queue-to-agent",
        agentId: "anna",
        queueId: "support",
        onUnavailable: "general",
      },
      general: { type: "queue", queueId: "support" },
    });
  });
}

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
      if (call?.teamId) return void h.join(call.id);
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
    case "write":
      return void (assigned && h.agent(agentId, {
        type: "message.send",
        interactionId: assigned,
        messageId: h.newId(),
        text: "Yes",
      }));
    case "callback":
      return void (call && h.send({
        type: "callback-requested",
        interactionId: call.id,
        number: "+4930123",
        withinSeconds: 600,
      }));
    case "listed":
      return void h.send({
        type: "contact-listed",
        interactionId: h.newId(),
        queueId: "campaign",
        number: "+4930456",
        contactName: null,
        priority: n % 3,
        requirements: [],
        withinSeconds: 300,
      });
    case "prioritise": {
      const all = [...h.state.interactions.keys()];
      const interactionId = all[n % Math.max(all.length, 1)] ?? h.newId();
      return void h.send({ type: "prioritise", interactionId, priority: n % 10, by: "cleo" });
    }
    case "outside-ended": {
      const outside = calls.find((x) => x.teamId !== null);
      return void (outside && h.call(outside.id, {
        type: "leg.ended",
        legId: outside.agentLegId!,
        cause: n % 2 ? "rejected" : "agent-hung-up",
        media: null,
      }));
    }
    case "reconfigure":
      return void h.reconfigure((draft) => {
        draft.agents[n % 3].skills = { german: n % 11 };
        draft.queues[n % 2].relativePriority = n % 10;
        draft.queues[0].distribution[0].teamIds = n % 2 ? ["desk"] : ["desk", "backup"];
      });
    case "pass":
      return void h.pass(n * 997);
  }
}

/** Plays a history; a refusal is fine, that it changed nothing is part of what is checked next. */
function play(steps: [(typeof actions)[number], number][], after = (_: TenantHarness) => {}) {
  const h = everyRule();
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

/** The rules of eligibility, without any index. */
function canTake(agent: Agent, it: Interaction): boolean {
  const { groups, groupsJoined, agentId, requirements } = it.place!;
  const teams = groups.slice(0, groupsJoined).flatMap((group) => group.teamIds);
  return agent.state === "available" && agent.edgeId !== null &&
    agent.offeredInteractionId === null && !hasDeclined(it, agent) &&
    (agentId === null ? teams.some((id) => agent.teamIds.includes(id)) : agentId === agent.id) &&
    requirements.every((requirement) => meetsRequirement(agent.skills, requirement)) &&
    hasRoom(agent.capacity, agent.load, mediaOf(it.channel)) &&
    (!it.call || it.virtual !== null || agent.softphonePopId === it.call.popId);
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
