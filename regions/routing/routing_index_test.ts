import assert from "node:assert/strict";
import fc from "fast-check";
import { TenantEvent } from "../tenants/tenant_event.ts";
import { mediaOf } from "../../protocol/interaction/media_kind.ts";
import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { meetsRequirement } from "../skills/meets_requirement.ts";
import { proficiencyScore } from "../skills/proficiency_score.ts";
import { evolve } from "../tenants/evolve.ts";
import { emptyTenantState, type TenantState } from "../tenants/tenant_state.ts";
import { compareByService } from "./compare_by_service.ts";
import { hasDeclined } from "./has_declined.ts";
import { hasRoom } from "./has_room.ts";
import { rebuildRouting } from "./rebuild_routing.ts";

const id = (n: number) => `01890a5d-ac96-774b-bcce-${n.toString(16).padStart(12, "0")}`;
const TEAMS = ["red", "green", "blue"];
const QUEUES = ["one", "two"];

/** Eligibility as the rules say it, without any index. */
function eligible(agent: Agent, it: Interaction): boolean {
  const place = it.place!;
  const teams = place.groups.slice(0, place.groupsJoined).flatMap((group) => group.teamIds);
  return agent.state === "available" && agent.edgeId !== null &&
    agent.offeredInteractionId === null &&
    (place.agentId === null
      ? teams.some((team) => agent.teamIds.includes(team))
      : place.agentId === agent.id) &&
    place.requirements.every((r) => meetsRequirement(agent.skills, r)) &&
    hasRoom(agent.capacity, agent.load, mediaOf(it.channel)) &&
    (it.virtual !== null || it.call === null || agent.softphonePopId === it.call.popId) &&
    !hasDeclined(it, agent);
}

function naiveAgent(state: TenantState, it: Interaction): string | undefined {
  const score = (agent: Agent) =>
    it.place!.selection === "best-available"
      ? proficiencyScore(agent.skills, it.place!.requirements)
      : 0;
  return [...state.agents.values()].filter((agent) => eligible(agent, it)).sort((a, b) =>
    score(b) - score(a) || a.freeSince - b.freeSince || (a.id < b.id ? -1 : 1)
  )[0]?.id;
}

function naiveInteraction(state: TenantState, agent: Agent): string | undefined {
  return waiting(state).filter((it) => eligible(agent, it))
    .sort((a, b) => compareByService(a.place!, b.place!))[0]?.id;
}

const waiting = (state: TenantState) =>
  [...state.interactions.values()].filter((it) => it.phase === "queued");

const n = fc.nat;
const teamIds = fc.subarray(TEAMS, { minLength: 1 });
const skills = fc.record({ german: n(10), licensed: fc.boolean() }, { requiredKeys: [] });
const requirements = fc.array(
  fc.oneof(
    fc.record({ skillId: fc.constant("german"), atLeast: n(10) }),
    fc.record({ skillId: fc.constant("licensed"), is: fc.boolean() }),
  ),
  { maxLength: 2 },
);
const agentId = n(5).map((i) => `agent-${i}`);
const interactionId = n(11).map(id);
const popId = fc.constantFrom("FRA", "NYC");
const capacity = fc.record({
  voice: n(1),
  social: n(2),
  blending: fc.constantFrom("exclusive", "blended", "blended-real-time", "voice-first"),
});

const event = fc.oneof(
  fc.record({
    type: fc.constant("agent.connected"),
    agentId,
    name: fc.constant("A"),
    edgeId: fc.constant("local"),
    teamIds,
    skills,
    capacity,
  }),
  fc.record({ type: fc.constant("agent.disconnected"), agentId }),
  fc.record({
    type: fc.constant("agent.state-changed"),
    agentId,
    state: fc.constantFrom("available", "available", "available", "idle", "rona"),
    idleCode: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("agent.softphone-changed"),
    agentId,
    popId: fc.option(popId, { freq: 4 }),
  }),
  fc.record({
    type: fc.constant("interaction.started"),
    interactionId,
    channel: fc.constantFrom("voice", "whatsapp"),
    popId,
  }),
  fc.record({
    type: fc.constant("interaction.queued"),
    interactionId,
    queueId: fc.constantFrom(...QUEUES),
    priority: n(1),
    relativePriority: fc.constantFrom(5, 5, 6),
    groups: fc.tuple(teamIds, teamIds).map(([a, b]) => [
      { at: 0, teamIds: a },
      { at: 1e9, teamIds: b },
    ]),
    requirements,
    selection: fc.constantFrom("longest-available", "best-available"),
    agentId: fc.option(agentId, { freq: 3 }).map((a) => a === "agent-0" ? a : null),
    keepsPlace: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("interaction.widened"),
    interactionId,
    groupsJoined: fc.constant(2),
  }),
  fc.record({
    type: fc.constant("interaction.relaxed"),
    interactionId,
    requirements,
    left: fc.constant(0),
  }),
  fc.record({
    type: fc.constant("offer"),
    interactionId,
    reason: fc.constantFrom("accepted", "declined"),
  }),
  fc.record({ type: fc.constant("interaction.ended"), interactionId }),
);

/** Applies a random event where it makes sense. */
function apply(state: TenantState, draft: Record<string, unknown>, at: number): void {
  const it = state.interactions.get(String(draft.interactionId));
  const emit = (body: Record<string, unknown>) => evolve(state, TenantEvent.parse(body), at);
  switch (draft.type) {
    case "interaction.started": {
      if (it) return;
      const call = draft.channel === "voice" &&
        { popId: draft.popId, legId: id(99), transport: "sip-udp", answer: true };
      return emit({
        ...draft,
        entryPointId: "main",
        contact: "x",
        contactName: null,
        address: "y",
        assetId: null,
        flowId: "f",
        flowVersion: "v",
        variables: {},
        call: call || null,
        idleUntil: null,
      });
    }
    case "interaction.queued":
      if (!it || (it.phase !== "flow" && it.phase !== "queued")) return;
      return emit({ ...draft, queueName: "Q", music: "m", until: null });
    case "interaction.widened":
    case "interaction.relaxed":
      return it?.place ? emit(draft) : undefined;
    case "offer": {
      if (it?.phase !== "queued") return;
      const agent = naiveAgent(state, it);
      if (!agent) return;
      const offer = { interactionId: it.id, offerId: id(1000 + at), agentId: agent };
      emit({ type: "offer.made", ...offer, expiresAt: at });
      emit({ type: "offer.ended", ...offer, reason: draft.reason });
      if (draft.reason === "declined") {
        return emit({
          type: "interaction.requeued",
          interactionId: it.id,
          reason: "declined",
          agentId: null,
          legId: null,
          until: null,
        });
      }
      return emit({
        type: "interaction.connected",
        interactionId: it.id,
        agentId: agent,
        codec: null,
      });
    }
    case "interaction.ended":
      return it ? emit({ ...draft, cause: "done", agentId: it.agentId }) : undefined;
    default:
      return emit(draft);
  }
}

/** An agent who is there and available. */
function present(profile: Record<string, unknown>, i: number): Record<string, unknown>[] {
  const agentId = `agent-${i}`;
  return [
    { type: "agent.connected", agentId, name: "A", edgeId: "local", ...profile },
    { type: "agent.softphone-changed", agentId, popId: "FRA" },
    { type: "agent.state-changed", agentId, state: "available", idleCode: null },
  ];
}

function compare(state: TenantState): void {
  for (const it of waiting(state)) {
    assert.equal(state.routing.bestAgent(it)?.id, naiveAgent(state, it), `agent for ${it.id}`);
  }
  for (const agent of state.agents.values()) {
    assert.equal(state.routing.bestInteraction(agent)?.id, naiveInteraction(state, agent));
  }
  for (const queueId of QUEUES) {
    const line = waiting(state).filter((it) => it.place!.queueId === queueId)
      .sort((a, b) => compareByService(a.place!, b.place!));
    assert.deepEqual(
      [...state.routing.waitingIn(queueId)].map((it) => it.id),
      line.map((it) => it.id),
    );
    line.forEach((it, i) => assert.equal(state.routing.positionOf(it), i + 1));
  }
}

Deno.test("RoutingIndex answers as a scan over all agents and contacts would, after any history", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(event, n(3)), { minLength: 20, maxLength: 120, size: "max" }),
      fc.array(fc.record({ teamIds, skills, capacity }), { minLength: 6, maxLength: 6 }),
      (steps, profiles) => {
        const state = emptyTenantState();
        let at = 0;
        for (const draft of profiles.flatMap(present)) apply(state, draft, at += 1);
        for (let i = 0; i < 12; i++) {
          const channel = i % 3 === 0 ? "voice" : "whatsapp";
          apply(
            state,
            { type: "interaction.started", interactionId: id(i), channel, popId: "FRA" },
            at,
          );
        }
        for (const [draft, ms] of steps) {
          at += ms;
          apply(state, draft, at);
          compare(state);
        }
        rebuildRouting(state);
        compare(state);
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("RoutingIndex counts agents of teams once each", () => {
  const state = emptyTenantState();
  const connect = (agentId: string, teams: string[]) =>
    evolve(
      state,
      TenantEvent.parse({
        type: "agent.connected",
        agentId,
        name: agentId,
        edgeId: "local",
        teamIds: teams,
      }),
      0,
    );
  connect("a", ["red", "green"]);
  connect("b", ["green"]);
  evolve(
    state,
    { type: "agent.state-changed", agentId: "a", state: "available", idleCode: null },
    1,
  );
  assert.deepEqual(state.routing.agentsIn(["red", "green"], "social"), {
    signedIn: 2,
    available: 1,
  });
  evolve(state, { type: "agent.disconnected", agentId: "a", edgeId: null }, 2);
  assert.deepEqual(state.routing.agentsIn(["red", "green"], "social"), {
    signedIn: 1,
    available: 0,
  });
});
