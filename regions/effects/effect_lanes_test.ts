import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { StoredEffect } from "../log/commit_unit.ts";
import { EffectLanes } from "./effect_lanes.ts";

const log = createLogger({ service: "test", write: () => {} });
const send = (id: string, contact: string): StoredEffect => ({
  id,
  effect: { to: "provider", assetId: "a", contact, interactionId: "i", messageId: id },
});

Deno.test("EffectLanes keep order within a lane while one message is refused again and again", async () => {
  const taken: string[] = [];
  const done = Promise.withResolvers<void>();
  let refusals = 3;
  const lanes = new EffectLanes({
    deliver: (_, effects) => {
      if (effects[0].id === "1" && refusals-- > 0) return Promise.reject(new Error("503"));
      taken.push(...effects.map((e) => e.id));
      return Promise.resolve();
    },
    delivered: (ids) => ids.includes("3") && done.resolve(),
    delay: () => Promise.resolve(),
    log,
  });
  lanes.add("t", [send("1", "anna"), send("other", "ben"), send("2", "anna")]);
  lanes.add("t", [send("3", "anna")]);
  await done.promise;
  assert.deepEqual(taken, ["other", "1", "2", "3"]);
});

Deno.test("EffectLanes wait longer after each refusal, five seconds at most", async () => {
  const waits: number[] = [];
  const done = Promise.withResolvers<void>();
  const lanes = new EffectLanes({
    deliver: () => waits.length < 8 ? Promise.reject(new Error("down")) : Promise.resolve(),
    delivered: () => done.resolve(),
    delay: (ms) => (waits.push(ms), Promise.resolve()),
    log,
  });
  lanes.add("t", [send("1", "anna")]);
  await done.promise;
  assert.deepEqual(waits, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
});

Deno.test("EffectLanes pass over an effect that is under way", async () => {
  const gate = Promise.withResolvers<void>();
  const taken: string[] = [];
  const done = Promise.withResolvers<void>();
  const lanes = new EffectLanes({
    deliver: async (_, effects) => {
      await gate.promise;
      taken.push(...effects.map((e) => e.id));
    },
    delivered: () => done.resolve(),
    delay: () => Promise.resolve(),
    log,
  });
  lanes.add("t", [send("1", "anna")]);
  lanes.add("t", [send("1", "anna")]);
  gate.resolve();
  await done.promise;
  assert.deepEqual(taken, ["1"]);
});
