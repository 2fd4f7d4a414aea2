import assert from "node:assert/strict";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { indexConfiguration } from "../../configuration/configuration_index.ts";
import { EXAMPLE, NUMBER, TenantHarness } from "../../testing/tenant_harness.ts";

/** Runs a call through a voice flow up to where it first waits; returns the event types. */
function run(activities: FlowDocument["activities"], start = "a") {
  const flow: FlowDocument = {
    id: "welcome",
    name: "Welcome",
    kind: "voice",
    start,
    variables: {},
    handlers: [],
    activities,
  };
  const h = new TenantHarness();
  Object.assign(h, {
    configuration: indexConfiguration(
      EXAMPLE,
      new Map([["welcome", "v"]]),
      new Map([["v", flow]]),
    ),
  });
  const callId = h.newId();
  const started = h.call(callId, {
    type: "call.offered",
    legId: h.newId(),
    trunkId: h.newId(),
    from: "+49301",
    to: NUMBER,
    transport: "sip-udp",
  });
  const answered = h.call(callId, { type: "call.answered", codec: "PCMU" });
  return { h, callId, events: [...started, ...answered] };
}

Deno.test("a flow passes through set and branch to where it waits", () => {
  const { h, callId } = run({
    a: { type: "set", variable: "who", value: "call from {{callerNumber}}", next: "b" },
    b: {
      type: "switch",
      value: "{{ who }}",
      cases: [{ equals: "call from +49301", next: "c" }],
      otherwise: "d",
    },
    c: { type: "play", prompt: "thanks", next: "d" },
    d: { type: "hang-up" },
  });
  assert.equal(h.interaction(callId).flow.activityId, "c");
  assert.deepEqual(
    h.call(callId, { type: "call.played", commandId: `${callId}:flow:2`, outcome: "completed" }),
    [],
    "the end of an earlier command changes nothing",
  );
  const events = h.call(callId, {
    type: "call.played",
    commandId: `${callId}:flow:3`,
    outcome: "completed",
  });
  assert.deepEqual(events, ["flow.entered", "flow.ended", "call.hang-up-requested"]);
});

Deno.test("a flow that goes round without waiting is ended, and its call with it", () => {
  const { events } = run({
    a: { type: "set", variable: "x", value: "1", next: "b" },
    b: { type: "set", variable: "x", value: "2", next: "a" },
  });
  assert.deepEqual(events.slice(-2), ["flow.ended", "call.hang-up-requested"]);
  assert.ok(events.length < 500);
});

Deno.test("a flow that begins by hanging up refuses the call unanswered", () => {
  const { h } = run({ a: { type: "hang-up" } });
  const [effect, ...others] = h.takeEffects("pop");
  assert.deepEqual(others, []);
  assert.ok(effect.to === "pop" && effect.command.type === "hang-up");
  assert.equal(effect.command.sipStatus, 603);
});
