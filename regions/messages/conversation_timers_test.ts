import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";

const CONTACT = "4915100001";

function timed(): { h: TenantHarness; id: string } {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.queues[2], {
      firstResponseSeconds: 60,
      followUpSeconds: 120,
      contactIdle: { seconds: 300, extensionSeconds: 100, maxExtensions: 2 },
    });
  });
  h.available("anna");
  h.message(CONTACT, "Hello?");
  h.accept("anna");
  const [id] = h.state.agents.get("anna")!.assigned;
  return { h, id };
}

const write = (h: TenantHarness, interactionId: string) =>
  h.agent("anna", { type: "message.send", interactionId, messageId: h.newId(), text: "Yes?" });

Deno.test("the first reply is due from when the agent has the conversation; lateness is told once", () => {
  const { h, id } = timed();
  assert.equal(h.interaction(id).timers.responseDue, h.at + 60_000);
  assert.deepEqual(h.pass(59_999), []);
  assert.deepEqual(h.pass(1), ["response.overdue"]);
  assert.deepEqual(h.pass(60_000), []);
  write(h, id);
  assert.equal(h.interaction(id).timers.responseDue, null);
  assert.equal(h.interaction(id).firstResponseAt, h.at);
});

Deno.test("a reply to each later message is due within the follow-up time, from the first of them", () => {
  const { h, id } = timed();
  write(h, id);
  h.pass(1000);
  h.message(CONTACT, "One thing");
  const due = h.at + 120_000;
  h.pass(1000);
  h.message(CONTACT, "And another");
  assert.equal(h.interaction(id).timers.responseDue, due);
  write(h, id);
  assert.equal(h.interaction(id).timers.responseDue, null);
});

Deno.test("a silent contact is taken off the agent; their next message queues them anew", () => {
  const { h, id } = timed();
  write(h, id);
  assert.deepEqual(h.pass(300_000), ["interaction.unassigned"]);
  assert.deepEqual(h.state.agents.get("anna")!.assigned, []);
  assert.equal(h.interaction(id).phase, "dormant");
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  h.pass(1000);
  assert.deepEqual(h.message(CONTACT, "Back"), ["message.received", "interaction.queued"]);
  assert.equal(h.interaction(id).place!.queuedAt, h.at);
  h.agent("anna", { type: "agent.set-state", state: "available" });
  h.accept("anna");
  assert.equal(h.interaction(id).timers.responseDue, h.at + 120_000);
});

Deno.test("the agent may give a silent contact more time, as often as the queue allows", () => {
  const { h, id } = timed();
  const extend = () =>
    h.agent("anna", { type: "interaction.extend-contact-idle", interactionId: id });
  const refused = (error: unknown) =>
    error instanceof AntiphonError && error.code === "state_not_allowed";
  assert.throws(extend, refused);
  write(h, id);
  extend();
  extend();
  assert.throws(extend, refused);
  assert.deepEqual(h.pass(499_999), []);
  assert.deepEqual(h.pass(1), ["interaction.unassigned"]);
});

Deno.test("a contact who writes stops the clock that would take them off the agent", () => {
  const { h, id } = timed();
  write(h, id);
  h.message(CONTACT, "I am here");
  assert.equal(h.interaction(id).timers.contactIdleAt, null);
  h.pass(400_000);
  assert.equal(h.interaction(id).phase, "connected");
});

Deno.test("a dormant conversation closes by its idle time", () => {
  const { h, id } = timed();
  write(h, id);
  h.pass(86_400_000);
  assert.equal(h.state.interactions.has(id), false);
});

Deno.test("a dormant contact whose queue is gone starts a new conversation", () => {
  const { h, id } = timed();
  write(h, id);
  h.pass(300_000);
  h.reconfigure((draft) => {
    draft.queues[2].id = "mail";
    draft.flows[1].activities.wait.queueId = "mail";
  });
  h.message(CONTACT, "Back");
  assert.equal(h.state.interactions.has(id), false);
  assert.equal(h.state.interactions.size, 1);
});
