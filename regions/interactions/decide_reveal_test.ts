import assert from "node:assert/strict";
import { TenantHarness } from "../testing/tenant_harness.ts";

/** Anna talks with a caller whose card is known, sealed; Ben does not. */
function talking(revealTo: string[]) {
  const h = new TenantHarness((draft) => {
    draft.settings.revealTo = revealTo;
    draft.globalVariables = [{ id: "card", name: "Card", sensitive: true }];
  });
  h.available("anna");
  const interactionId = h.connectedCaller();
  h.interaction(interactionId).flow.variables.card = "a.b.c.d.e";
  const look = (by: string, role: "agent" | "supervisor") =>
    h.send({ type: "reveal", interactionId, variable: "card", by, roles: [role] });
  return { h, look };
}

Deno.test("an agent sees a sensitive variable of their own contact only, and only if agents may", () => {
  const { h, look } = talking(["agent"]);
  assert.deepEqual(look("anna", "agent"), ["variable.revealed"]);
  assert.deepEqual(h.log.at(-1)!.event, {
    ...{ type: "variable.revealed", interactionId: h.state.interactions.keys().next().value },
    ...{ variable: "card", by: "anna" },
  });
  assert.throws(() => look("ben", "agent"), { code: "forbidden" });
  assert.throws(() => look("anna", "supervisor"), { code: "forbidden" });
  assert.throws(() => talking([]).look("anna", "agent"), { code: "forbidden" });
  assert.deepEqual(talking(["supervisor"]).look("cleo", "supervisor"), ["variable.revealed"]);
});

Deno.test("a variable without a value cannot be looked at", () => {
  const { h, look } = talking(["agent"]);
  [...h.state.interactions.values()][0].flow.variables.card = "";
  assert.throws(() => look("anna", "agent"), { code: "unknown_entity" });
});
