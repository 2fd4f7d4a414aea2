import assert from "node:assert/strict";
import { NUMBER, TenantHarness } from "../../../testing/tenant_harness.ts";

type Action = "start" | "pause" | "resume" | "stop";

/** A call whose flow records so, and then queues. */
function recording(actions: Action[], policy = "flow") {
  const h = new TenantHarness((draft) => {
    draft.queues[0].record = policy;
    const steps = actions.map((action, i) => {
      const next = i + 1 < actions.length ? `r${i + 1}` : "wait";
      return [`r${i}`, { type: "record", action, next }];
    });
    const activities = { ...Object.fromEntries(steps), wait: { type: "queue", queueId: "sales" } };
    const start = actions.length > 0 ? "r0" : "wait";
    draft.flows[0] = { ...draft.flows[0], start, activities };
  });
  const id = h.newId();
  const call = { legId: h.newId(), trunkId: h.newId(), transport: "sip-udp" as const };
  h.call(id, { type: "call.offered", ...call, from: "+49301", to: NUMBER });
  h.call(id, { type: "call.answered", codec: "PCMU" });
  const asked = () =>
    h.takeEffects("pop").flatMap((effect) =>
      effect.to === "pop" && effect.command.type === "record" ? [effect.command] : []
    );
  return { h, id, asked };
}

Deno.test("a flow starts, pauses, resumes and stops one recording of the call", () => {
  const { h, id, asked } = recording(["start", "pause", "resume", "stop"]);
  const commands = asked();
  assert.deepEqual(commands.map(({ action }) => action), ["start", "pause", "resume", "stop"]);
  assert.equal(new Set(commands.map(({ recordingId }) => recordingId)).size, 1);
  assert.equal(h.interaction(id).recordings.length, 1);
});

Deno.test("to start what runs, or pause what does not, changes nothing", () => {
  assert.equal(recording(["pause", "resume", "stop"]).asked().length, 0);
  assert.equal(recording(["start", "start"]).asked().length, 1);
});

Deno.test("a queue that always records begins when an agent takes the call", () => {
  const { h, id, asked } = recording([], "always");
  assert.deepEqual(asked(), []);
  h.available("anna");
  h.accept("anna");
  const [{ action, recordingId }] = asked();
  assert.equal(action, "start");
  h.join(id);
  const recorded = { recordingId, commandId: "c", kind: "call" as const, startedAt: h.at };
  const end = { seconds: 30, outcome: "complete" as const, pauses: [{ from: 1, to: 2 }] };
  h.call(id, { type: "call.recorded", ...recorded, ...end });
  const known = h.interaction(id).recordings[0];
  assert.deepEqual([known.seconds, known.pauses], [30, [{ from: 1, to: 2 }]]);
  assert.deepEqual(h.call(id, { type: "call.recorded", ...recorded, ...end }), [], "told again");
});

Deno.test("a queue that always records does not begin what its flow has begun", () => {
  const { h, asked } = recording(["start"], "always");
  h.available("anna");
  h.accept("anna");
  assert.equal(asked().length, 1);
});

Deno.test("a queue that never records ends what its flow has begun", () => {
  const { h, asked } = recording(["start"], "never");
  h.available("anna");
  h.accept("anna");
  assert.deepEqual(asked().map(({ action }) => action), ["start", "stop"]);
});

Deno.test("a recording of a call that is over is indexed all the same", () => {
  const { h, id } = recording(["start"]);
  const recordingId = h.interaction(id).recordings[0].id;
  h.hangUp(id);
  assert.deepEqual(
    h.call(id, {
      type: "call.recorded",
      ...{ recordingId, commandId: "c", kind: "call", startedAt: 1 },
      ...{ seconds: 3, outcome: "failed", pauses: [] },
    }),
    ["recording.ended"],
  );
});
