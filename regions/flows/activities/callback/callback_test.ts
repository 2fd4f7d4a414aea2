import assert from "node:assert/strict";
import { NUMBER, TenantHarness } from "../../../testing/tenant_harness.ts";

/** Who waits in sales hears a question; then they keep the place, with a goodbye. */
function harness(
  activity: Record<string, unknown> = {},
  policy: Record<string, unknown> = {},
): TenantHarness {
  return new TenantHarness((draft) => {
    draft.queues[0].callback = policy;
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "ask" },
      ask: {
        type: "collect",
        prompt: "welcome",
        variable: "wish",
        maxDigits: 1,
        next: "callback",
        onTimeout: "ask",
      },
      callback: { type: "callback", next: "goodbye", onRefused: "ask", ...activity },
      goodbye: { type: "play", prompt: "goodbye", next: "end" },
      end: { type: "hang-up" },
    });
  });
}

function wish(h: TenantHarness, id: string) {
  const commandId = `${id}:flow:${h.interaction(id).flow.step}`;
  const digits = { digits: "1", sealed: null, outcome: "complete" } as const;
  return h.call(id, { type: "call.collected", commandId, ...digits });
}

Deno.test("callback says goodbye, ends the call and keeps the place", () => {
  const h = harness();
  const id = h.queuedCaller("1");
  const { order } = h.interaction(id).place!;
  wish(h, id);
  assert.deepEqual(
    [h.interaction(id).phase, h.interaction(id).flow.activityId],
    ["postponed", "goodbye"],
  );
  h.available("anna");
  assert.equal(h.interaction(id).phase, "postponed", "nobody is called while they are here");
  h.takeEffects("pop");
  const commandId = `${id}:flow:${h.interaction(id).flow.step}`;
  h.call(id, { type: "call.played", commandId, outcome: "completed" });
  const [hangUp] = h.takeEffects("pop");
  assert.equal(hangUp.to === "pop" && hangUp.command.type, "hang-up");
  h.hangUp(id);
  assert.equal(h.offeredTo(id), "anna");
  assert.equal(h.interaction(id).place!.order, order);
  assert.equal(h.interaction(id).virtual!.number, "+4930123456");
});

Deno.test("callback keeps the place of who hangs up in the middle of the goodbye", () => {
  const h = harness();
  const id = h.queuedCaller("1");
  wish(h, id);
  h.available("anna");
  h.hangUp(id);
  assert.equal(h.offeredTo(id), "anna");
  assert.equal(h.interaction(id).flow.activityId, null);
});

Deno.test("callback ends the call when nothing comes after it", () => {
  const h = harness({ next: undefined });
  const id = h.queuedCaller("1");
  h.takeEffects("pop");
  wish(h, id);
  const commands = h.takeEffects("pop").map((effect) => effect.to === "pop" && effect.command.type);
  assert.deepEqual(commands, ["hang-up"]);
});

Deno.test("callback is refused where the queue calls nobody, or not this number", () => {
  const refused = [
    harness({}, { enabled: false }),
    harness({ number: "nobody" }),
    harness({ number: NUMBER }),
  ];
  for (const h of refused) {
    const id = h.queuedCaller("1");
    wish(h, id);
    assert.deepEqual(
      [h.interaction(id).phase, h.interaction(id).flow.activityId],
      ["queued", "ask"],
    );
  }
});

Deno.test("callback gives a place to who does not wait yet, if it names a queue", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: { type: "callback", queueId: "sales", onRefused: "support" },
    });
  });
  const id = h.queuedCaller("1");
  const { phase, place, virtual } = h.interaction(id);
  assert.deepEqual([phase, place!.queueId, virtual!.kind], ["postponed", "sales", "callback"]);
});
