import { strictEqual } from "node:assert/strict";
import { agentView, assignmentView, offerView, SAMPLE_NOW } from "../testing/samples.ts";
import { initialState } from "./initial_state.ts";
import { localTimes } from "./local_times.ts";

Deno.test("local times move every time by the clocks' difference", () => {
  const state = localTimes({
    ...initialState,
    agent: agentView(),
    offers: [offerView()],
    assignments: [assignmentView({ responseDue: SAMPLE_NOW })],
    skew: 5_000,
  });
  strictEqual(state.agent?.since, SAMPLE_NOW + 5_000);
  strictEqual(state.offers[0]?.expiresAt, offerView().expiresAt + 5_000);
  strictEqual(state.assignments[0]?.connectedAt, SAMPLE_NOW + 5_000);
  strictEqual(state.assignments[0]?.wrapUpUntil, null);
  strictEqual(state.assignments[0]?.responseDue, SAMPLE_NOW + 5_000);
});

Deno.test("local times leave the state alone while the clocks agree", () => {
  strictEqual(localTimes(initialState), initialState);
});
