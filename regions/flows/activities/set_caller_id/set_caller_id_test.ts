import assert from "node:assert/strict";
import { NUMBER, TenantHarness } from "../../../testing/tenant_harness.ts";

function harness(number: string): TenantHarness {
  return new TenantHarness((draft) => {
    const { activities } = draft.flows[0];
    activities.sales = { type: "set-caller-id", number, next: "branch", onError: "support" };
    activities.branch = {
      type: "transfer",
      to: { kind: "number", number: "+4930777" },
      onFailure: "support",
    };
  });
}

const shown = (h: TenantHarness) =>
  h.takeEffects("pop").flatMap((effect) =>
    effect.to === "pop" && effect.command.type === "dial" ? [effect.command.callerId] : []
  );

Deno.test("set-caller-id shows one of the tenant's numbers, or the caller's, to whom is called", () => {
  for (const number of [NUMBER, "{{ callerNumber }}"]) {
    const h = harness(number);
    h.queuedCaller("1");
    assert.deepEqual(shown(h), [number === NUMBER ? NUMBER : "+4930123456"]);
  }
});

Deno.test("set-caller-id refuses a stranger's number, and takes nothing for the usual one", () => {
  const stranger = harness("+12125550100");
  const id = stranger.queuedCaller("1");
  assert.equal(stranger.interaction(id).place!.queueId, "support");
  assert.deepEqual(shown(stranger), []);
  const usual = harness("");
  usual.queuedCaller("1");
  assert.deepEqual(shown(usual), [null]);
});
