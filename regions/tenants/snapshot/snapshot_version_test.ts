import assert from "node:assert/strict";
import { SNAPSHOT_UPCASTERS, SNAPSHOT_VERSION } from "./snapshot_version.ts";

Deno.test("facts of the first version get what was added since", () => {
  const virtual = { kind: "callback", number: "+4930555" };
  const call = { popId: "FRA", carrierLegId: "l", answered: true, ended: true, hangUpBy: null };
  const first = {
    interactions: [["a", { id: "a", startedAt: 5, call, virtual }], ["b", { id: "b" }]],
    agents: [],
  };
  const now = SNAPSHOT_UPCASTERS.reduce(
    (facts, upcast) => upcast(facts),
    first as Record<string, unknown>,
  );
  const [[, a], [, b]] = now.interactions as [string, Record<string, unknown>][];
  const ids = { callId: "a", number: null, startedAt: 5, stage: null };
  assert.deepEqual([a.call, a.recordings, a.callerId], [{ ...ids, ...call }, [], null]);
  assert.deepEqual([b.call, b.callback], [null, null]);
  assert.equal((a.callback as { askedAt: number }).askedAt, 5);
  assert.equal(SNAPSHOT_VERSION, 1 + SNAPSHOT_UPCASTERS.length);
});

Deno.test("flows of earlier versions are one line, on which a treatment can go on", () => {
  const flow = {
    ...{ flowId: "welcome", version: "v", activityId: "play", step: 7, variables: { x: "1" } },
    ...{ deadline: 90, interrupted: true },
  };
  for (const version of [1, 2, 3]) {
    const facts = {
      interactions: [["a", { id: "a", startedAt: 5, flow, virtual: null, place: {} }]],
    };
    const now = SNAPSHOT_UPCASTERS.slice(version - 1)
      .reduce((known, upcast) => upcast(known), facts as Record<string, unknown>);
    const [[, a]] = now.interactions as [string, Record<string, unknown>][];
    assert.deepEqual(a.flow, {
      ...flow,
      ...{ id: 0, enteredAt: 5, kept: null, frames: [], handlers: [], lastStep: 7, rounds: {} },
      ...{ failures: 0, pausedUntil: null, putAside: null },
    });
    assert.equal(a.screenPop, null);
    assert.deepEqual(a.place, { queuedBy: { flowId: "welcome", version: "v", depth: 0 } });
  }
});

Deno.test("facts that cannot be read stay so, for the reader to refuse", () => {
  for (const upcast of SNAPSHOT_UPCASTERS) assert.deepEqual(upcast({}), {});
});
