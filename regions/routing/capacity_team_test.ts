import assert from "node:assert/strict";
import { TenantHarness } from "../testing/tenant_harness.ts";

function overflowing(calls = 1): TenantHarness {
  return new TenantHarness((draft) => {
    draft.teams.push({
      id: "service",
      name: "Answering service",
      siteId: "hq",
      capacity: { number: "+4930999", calls },
    });
    draft.queues[0].distribution = [
      { afterSeconds: 0, teamIds: ["desk"] },
      { afterSeconds: 30, teamIds: ["service"] },
    ];
  });
}

const dialled = (h: TenantHarness) =>
  h.takeEffects("pop").flatMap((effect) =>
    effect.to === "pop" && effect.command.type === "dial" ? [effect.command.number] : []
  );

Deno.test("a call overflows to a team's number once its group joins and no agent is free", () => {
  const h = overflowing();
  const id = h.queuedCaller();
  h.pass(29_999);
  assert.deepEqual(dialled(h), []);
  assert.deepEqual(h.pass(1), ["interaction.widened", "interaction.passed-outside"]);
  assert.deepEqual(dialled(h), ["+4930999"]);
  h.join(id);
  assert.deepEqual([h.interaction(id).phase, h.interaction(id).teamId], ["outside", "service"]);
  h.hangUp(id);
  assert.equal(h.state.interactions.has(id), false);
  assert.equal(h.state.outsideCalls.size, 0);
});

Deno.test("a team's number has no more calls than its capacity; the next follows the one that ends", () => {
  const h = overflowing();
  const first = h.queuedCaller();
  const second = h.queuedCaller();
  h.pass(30_000);
  assert.deepEqual([h.interaction(first).phase, h.interaction(second).phase], [
    "outside",
    "queued",
  ]);
  h.join(first);
  h.hangUp(first);
  assert.equal(h.interaction(second).phase, "outside");
});

Deno.test("agents come before the number, also when both have joined", () => {
  const h = overflowing();
  const id = h.queuedCaller();
  h.pass(30_000);
  h.join(id);
  const next = h.queuedCaller();
  h.pass(31_000);
  h.available("anna");
  assert.equal(h.offeredTo(next), "anna");
});

Deno.test("a call that is busy at the number has its place again and is not sent there twice", () => {
  const h = overflowing(2);
  const id = h.queuedCaller();
  const { queuedAt } = h.interaction(id).place!;
  h.pass(30_000);
  const legId = h.interaction(id).agentLegId!;
  assert.deepEqual(
    h.call(id, { type: "leg.ended", legId, cause: "rejected", media: null }),
    ["leg.ended", "interaction.requeued"],
  );
  assert.deepEqual([h.interaction(id).phase, h.interaction(id).place!.queuedAt], [
    "queued",
    queuedAt,
  ]);
  h.available("anna");
  assert.equal(h.offeredTo(id), "anna");
});

Deno.test("a number that does not answer gives the call back in time", () => {
  const h = overflowing();
  const id = h.queuedCaller();
  h.pass(30_000);
  assert.deepEqual(h.pass(40_000), ["interaction.requeued"]);
  assert.deepEqual(h.interaction(id).place!.triedTeamIds, ["service"]);
  assert.equal(h.state.outsideCalls.size, 0);
});

Deno.test("when whoever answered there hangs up, the caller is released", () => {
  const h = overflowing();
  const id = h.queuedCaller();
  h.pass(30_000);
  h.join(id);
  const legId = h.interaction(id).agentLegId!;
  h.call(id, { type: "leg.ended", legId, cause: "agent-hung-up", media: null });
  assert.equal(h.interaction(id).phase, "ending");
});

Deno.test("a call that leaves its treatment for a number hears music, and the number is dialled", () => {
  const h = new TenantHarness((draft) => {
    const capacity = { number: "+4930999", calls: 1, ringSeconds: 20 };
    draft.teams.push({ id: "service", name: "Answering service", siteId: "hq", capacity });
    draft.queues[0].distribution.push({ afterSeconds: 60, teamIds: ["service"] });
    draft.flows[0].activities.sales.next = "tell";
    draft.flows[0].activities.tell = { type: "play", prompt: "please-wait", next: "tell" };
  });
  h.queuedCaller();
  h.takeEffects("pop");
  h.pass(60_000);
  const commands = h.takeEffects("pop").flatMap((effect) => effect.to === "pop" ? [effect] : []);
  assert.deepEqual(commands.map(({ command }) => command.type), ["play", "dial"]);
  assert.equal(new Set(commands.map(({ commandId }) => commandId)).size, 2);
});

Deno.test("a number that gets more room takes as many of those who wait, in one decision", () => {
  const h = overflowing(1);
  const ids = [h.queuedCaller(), h.queuedCaller(), h.queuedCaller()];
  h.pass(30_000);
  h.reconfigure((draft) => draft.teams[2].capacity.calls = 3);
  assert.deepEqual(ids.map((id) => h.interaction(id).phase), ["outside", "outside", "outside"]);
});

Deno.test("the groups of an overflow queue count from the overflow, also after a change", () => {
  const h = overflowing();
  h.reconfigure((draft) => {
    Object.assign(draft.queues[1], { maxWaitSeconds: 50, overflowQueueId: "sales" });
  });
  const id = h.queuedCaller("2");
  h.pass(51_000);
  assert.equal(h.interaction(id).place!.queueId, "sales");
  h.reconfigure((draft) => draft.queues[0].relativePriority = 9);
  assert.equal(h.interaction(id).phase, "queued");
  h.pass(29_000);
  assert.equal(h.interaction(id).phase, "outside");
});
