import { strictEqual } from "node:assert/strict";
import { agentStateLabel } from "./agent_state_label.ts";

const codes = [{ id: "lunch", name: "Lunch" }];

Deno.test("agent state label names the idle reason when there is one", () => {
  strictEqual(agentStateLabel({ state: "idle", idleCode: "lunch" }, codes), "Idle · Lunch");
  strictEqual(agentStateLabel({ state: "idle", idleCode: null }, codes), "Idle");
  strictEqual(agentStateLabel({ state: "idle", idleCode: "gone" }, codes), "Idle");
});

Deno.test("agent state label calls RONA what it is to the agent", () => {
  strictEqual(agentStateLabel({ state: "rona", idleCode: null }, codes), "Missed offer");
});
