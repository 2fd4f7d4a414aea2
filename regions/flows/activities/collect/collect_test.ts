import assert from "node:assert/strict";
import { voiceFlow } from "../../../testing/voice_flow.ts";

const wait = { type: "play", prompt: "thanks", next: "end" };
const ask = {
  ...{ type: "collect", items: [{ type: "say", text: "Your PIN, please." }], variable: "pin" },
  ...{ maxDigits: 4, terminator: "#", interruptible: false, next: "b", onTimeout: "c" },
};

Deno.test("collect takes digits into its variable", () => {
  const t = voiceFlow({ a: ask, b: wait, c: wait });
  const { items, interruptible, seal } = t.command("collect");
  assert.equal(items.length, 1);
  assert.deepEqual([interruptible, seal], [false, null]);
  t.collected({ digits: "4711" });
  assert.deepEqual([t.at, t.variables.pin], ["b", "4711"]);
});

Deno.test("collect of a sensitive variable has the PoP seal the digits, and keeps the seal", () => {
  const key = {
    keyId: "tenant:1",
    jwk: { kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43) },
  } as const;
  const secret = (sealKey: typeof key | null) => {
    const t = voiceFlow(
      { z: wait, a: { type: "play", prompt: "welcome", next: "ask" }, ask, b: wait, c: wait },
      (draft) => draft.flows[0].variables = { pin: { sensitive: true } },
    );
    const { configuration: known } = t.h;
    t.h.configuration = { ...known, stored: { ...known.stored, sealKey } };
    t.command("play");
    t.played("completed");
    return t;
  };
  const t = secret(key);
  assert.deepEqual(t.command("collect").seal, key);
  t.collected({ sealed: "a.b.c.d.e" });
  assert.deepEqual([t.at, t.variables.pin], ["b", "a.b.c.d.e"]);
  const none = secret(null);
  assert.equal(none.variables.errorCode, "not-available", "no digits are asked for in clear");
});

Deno.test("collect goes to onTimeout without digits, and fails when it was not heard", () => {
  const silent = voiceFlow({ a: ask, b: wait, c: wait });
  silent.command("collect");
  silent.collected({ digits: "", outcome: "timeout" });
  assert.equal(silent.at, "c");
  const failed = voiceFlow({ a: { ...ask, onError: "b" }, b: wait, c: wait });
  failed.command("collect");
  failed.collected({ outcome: "failed", code: "seal_failed" });
  assert.deepEqual([failed.at, failed.variables.errorCode], ["b", "seal-failed"]);
});
