import assert from "node:assert/strict";
import type { CallEvent } from "../../../../protocol/pop_link/call_event.ts";
import { NUMBER, TenantHarness } from "../../../testing/tenant_harness.ts";

const outbound = {
  ...{ id: "callbacks", name: "Callbacks", kind: "voice", direction: "outbound" },
  distribution: [{ afterSeconds: 0, teamIds: ["desk"] }],
};

/** A caller who is about to leave a message. */
function leaving(change: Record<string, unknown> = {}, from = "+4930123456") {
  const h = new TenantHarness((draft) => {
    draft.queues.push(outbound);
    draft.flows[0] = {
      ...draft.flows[0],
      start: "message",
      activities: {
        message: { type: "voicemail", next: "thanks", onEmpty: "bye", ...change },
        thanks: { type: "play", prompt: "thanks", next: "bye" },
        bye: { type: "hang-up" },
      },
    };
  });
  const id = h.newId();
  const call = { legId: h.newId(), trunkId: h.newId(), transport: "sip-udp" as const };
  h.call(id, { type: "call.offered", ...call, from, to: NUMBER });
  const events = h.call(id, { type: "call.answered", codec: "PCMU" });
  const effect = h.takeEffects("pop").at(-1)!;
  assert.ok(effect.to === "pop" && effect.command.type === "record-message");
  const { commandId, command } = effect;
  type Recorded = Extract<CallEvent, { type: "call.recorded" }>;
  const recorded = (outcome: Recorded["outcome"], seconds: number) =>
    h.call(id, {
      type: "call.recorded",
      ...{ commandId, recordingId: command.recordingId, kind: "message", startedAt: h.at },
      ...{ outcome, seconds, pauses: [] },
    });
  return { h, id, events, command, recorded };
}

Deno.test("a caller leaves a message, and the flow knows which and how long it is", () => {
  const t = leaving({ prompt: "leave-message", maxSeconds: 60 });
  assert.deepEqual(t.command, {
    type: "record-message",
    recordingId: t.command.recordingId,
    items: [{ type: "library", name: "leave-message" }],
    ...{ beep: true, maxSeconds: 60, silenceSeconds: 5, terminator: "#" },
  });
  const recordingId = t.command.recordingId;
  t.h.call(t.id, { type: "recording.changed", recordingId, kind: "message", state: "started" });
  t.recorded("complete", 7.4);
  const it = t.h.interaction(t.id);
  assert.equal(it.flow.activityId, "thanks");
  assert.equal(it.flow.variables.recordingId, recordingId);
  assert.equal(it.flow.variables.recordingSeconds, "7");
  const [recording] = it.recordings;
  assert.deepEqual([recording.id, recording.seconds, recording.popId], [recordingId, 7.4, "FRA"]);
});

Deno.test("a message in which nobody spoke, or too short a one, goes another way", () => {
  for (const [outcome, seconds] of [["empty", 0], ["complete", 0.5]] as const) {
    const t = leaving();
    assert.ok(t.recorded(outcome, seconds).includes("call.hang-up-requested"));
    assert.equal(t.h.interaction(t.id).flow.variables.recordingId, undefined);
  }
});

Deno.test("a caller who hangs up leaves the message, and the interaction ends well", () => {
  const t = leaving();
  t.recorded("hung-up", 5);
  assert.equal(t.h.interaction(t.id).flow.variables.recordingSeconds, "5");
  const events = t.h.hangUp(t.id);
  assert.ok(events.includes("interaction.ended"));
  assert.equal(t.h.state.interactions.size, 0);
});

Deno.test("a flow that hangs up after a caller who did is not what ended the call", () => {
  const t = leaving({ next: "bye" });
  t.recorded("hung-up", 5);
  assert.equal(t.h.interaction(t.id).endCause, "caller-hung-up");
});

Deno.test("a message that cannot be recorded takes the error path", () => {
  const t = leaving({ onError: "thanks" });
  t.recorded("failed", 0);
  assert.equal(t.h.interaction(t.id).flow.activityId, "thanks");
  const kept = leaving();
  kept.recorded("failed", 8);
  assert.equal(kept.h.interaction(kept.id).flow.variables.recordingSeconds, "8");
});

Deno.test("a PoP that never tells what became of a message does not hold up the flow", () => {
  const t = leaving({ onError: "thanks", maxSeconds: 60 });
  t.h.pass(11 * 60_000 + 60_000 + 31_000);
  assert.equal(t.h.interaction(t.id).flow.activityId, "thanks");
});

Deno.test("a message becomes a contact of an outbound queue, offered at once", () => {
  const t = leaving({ queueId: "callbacks" });
  t.h.available("anna");
  t.recorded("silence", 12);
  const offered = t.h.state.agents.get("anna")!.offeredInteractionId;
  const listed = t.h.interaction(offered!);
  assert.deepEqual(listed.virtual, { kind: "voicemail", number: "+4930123456" });
  assert.equal(listed.flow.variables.recordingId, t.command.recordingId);
  assert.equal(listed.flow.variables.messageFrom, t.id);
  assert.equal(t.h.interaction(t.id).flow.activityId, "thanks");
});

Deno.test("an agent takes a message without anybody being called", () => {
  const t = leaving({ queueId: "callbacks" });
  t.h.available("anna");
  t.recorded("silence", 12);
  t.h.takeEffects("pop");
  t.h.accept("anna");
  const { phase, agentId } = t.h.interaction(t.h.state.agents.get("anna")!.assigned[0]);
  assert.deepEqual([phase, agentId], ["connected", "anna"]);
  assert.deepEqual(t.h.takeEffects("pop"), []);
});

Deno.test("a message without a number to call, or for a queue that calls nobody, is a fault", () => {
  for (const [from, queueId] of [["anonymous", "callbacks"], ["+4930123456", "sales"]]) {
    const t = leaving({ queueId, onError: "thanks" }, from);
    t.recorded("complete", 5);
    assert.equal(t.h.interaction(t.id).flow.activityId, "thanks");
    assert.equal(t.h.state.interactions.size, 1);
    assert.equal(t.h.interaction(t.id).recordings.length, 1, "the message is kept");
  }
});
