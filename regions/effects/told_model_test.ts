import assert from "node:assert/strict";
import fc from "fast-check";
import type { AssignmentView, OfferView } from "../../protocol/agent_session/agent_view.ts";
import { agentView } from "../agents/agent_view.ts";
import type { Agent } from "../agents/agent.ts";
import { assignmentView } from "../interactions/assignment_view.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { offerView } from "../offers/offer_view.ts";
import { ACTIONS } from "../testing/act.ts";
import { playHistory } from "../testing/play_history.ts";
import type { TenantHarness } from "../testing/tenant_harness.ts";
import type { Effect } from "./effect.ts";

/** A desktop, as its snapshot and what it was told since make it. */
interface Desktop {
  edgeId: string;
  offer: OfferView | null;
  assigned: Map<string, AssignmentView>;
  state: string;
}

/** A call at its PoP, as the commands make it. */
interface PopCall {
  /** What plays: music, a prompt or nothing. */
  plays: "loop" | "once" | null;
  legId: string | null;
  over: boolean;
}

/** What desktops and PoPs know from effects alone. */
class Told {
  readonly desktops = new Map<string, Desktop>();
  readonly calls = new Map<string, PopCall>();

  hear(effect: Effect): void {
    if (effect.to === "pop") this.#command(effect);
    const desktop = effect.to === "desktop" && this.desktops.get(effect.agentId);
    if (effect.to !== "desktop" || !desktop) return;
    const event = structuredClone(effect.event);
    if (event.type === "offer.made") desktop.offer = event.offer;
    if (event.type === "offer.ended") desktop.offer = null;
    if (event.type === "agent.changed") desktop.state = event.agent.state;
    if (event.type === "assignment.removed") desktop.assigned.delete(event.interactionId);
    if (event.type === "assignment.changed") {
      desktop.assigned.set(event.assignment.interactionId, event.assignment);
    }
  }

  #command({ callId, command }: Extract<Effect, { to: "pop" }>): void {
    const call = this.calls.get(callId) ?? { plays: null, legId: null, over: false };
    this.calls.set(callId, call);
    if (command.type === "play") call.plays = command.loop ? "loop" : "once";
    if (command.type === "collect") call.plays = "once";
    if (command.type === "join" || command.type === "dial") call.legId = command.legId;
    if (command.type === "leave" && call.legId === command.legId) call.legId = null;
    if (command.type === "hang-up") call.over = true;
  }
}

/** A desktop that connects is given all there is. */
function snapshot(h: TenantHarness, agent: Agent): Desktop {
  const offered = h.state.interactions.get(agent.offeredInteractionId ?? "");
  const views = agent.assigned.map((id) => structuredClone(assignmentView(h.interaction(id))));
  return {
    edgeId: agent.edgeId!,
    offer: offered?.offer ? structuredClone(offerView(offered)) : null,
    assigned: new Map(views.map((view) => [view.interactionId, view])),
    state: agent.state,
  };
}

function compareDesktops(h: TenantHarness, told: Told): void {
  for (const id of told.desktops.keys()) if (!h.state.agents.has(id)) told.desktops.delete(id);
  for (const agent of h.state.agents.values()) {
    const desktop = told.desktops.get(agent.id);
    if (agent.edgeId === null) told.desktops.delete(agent.id);
    else if (!desktop) told.desktops.set(agent.id, snapshot(h, agent));
    else {
      const now = snapshot(h, agent);
      assert.deepEqual(desktop.offer, now.offer);
      assert.equal(desktop.state, agentView(agent).state);
      assert.deepEqual([...desktop.assigned.keys()].sort(), [...now.assigned.keys()].sort());
      for (const [id, view] of now.assigned) assert.deepEqual(desktop.assigned.get(id), view);
    }
  }
}

function compareCall(it: Interaction, call: PopCall): void {
  const stands = it.phase === "dialling" || (!it.virtual && it.phase !== "ending");
  assert.ok(call.over || stands, `${it.phase} and not hung up`);
  if (it.virtual && it.phase !== "dialling") return;
  if (it.phase === "dialling") assert.equal(call.legId, it.agentLegId);
  if (it.phase === "queued") {
    // Who was called hears a greeting first.
    const greeted = it.callback !== null && call.plays === "once";
    const expected = it.flow.deadline === null ? "loop" : "once";
    assert.ok(greeted || call.plays === expected, "what a waiting one hears");
  }
  const rings = it.phase === "outside" && it.connectedAt === null;
  if (it.phase === "offered" || rings) {
    assert.ok(call.plays === "loop" || it.callback, `${it.phase}: music`);
  }
  if (it.phase === "queued" || it.phase === "offered") assert.equal(call.legId, null);
  if (it.phase === "connecting" || it.phase === "outside") assert.equal(call.legId, it.agentLegId);
}

Deno.test("desktops and PoPs know from what they are told alone how things stand", () => {
  const history = fc.array(fc.tuple(fc.constantFrom(...ACTIONS), fc.nat(60)), {
    maxLength: 60,
    size: "max",
  });
  fc.assert(
    fc.property(history, (steps) => {
      const told = new Told();
      playHistory(steps, (h) => {
        for (const effect of h.effects) told.hear(effect);
        h.effects = [];
        compareDesktops(h, told);
        for (const it of h.state.interactions.values()) {
          const call = told.calls.get(it.call?.callId ?? it.id);
          if (call && it.call && !it.call.ended) compareCall(it, call);
        }
      });
    }),
    { numRuns: 300 },
  );
});
