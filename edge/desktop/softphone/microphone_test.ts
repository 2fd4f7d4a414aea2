import { deepStrictEqual } from "node:assert/strict";
import { microphone } from "./microphone.ts";

function failing(name: string) {
  return microphone({
    getUserMedia: () => Promise.reject(Object.assign(new Error(name), { name })),
  });
}

Deno.test("microphone tells a refusal from a missing device", async () => {
  deepStrictEqual(await failing("NotAllowedError")(), { ok: false, reason: "refused" });
  deepStrictEqual(await failing("NotFoundError")(), { ok: false, reason: "no-microphone" });
  deepStrictEqual(await failing("NotReadableError")(), { ok: false, reason: "no-microphone" });
});

Deno.test("microphone is unsupported outside a secure context", async () => {
  deepStrictEqual(await microphone(undefined)(), { ok: false, reason: "unsupported" });
});
