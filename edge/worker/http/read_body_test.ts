import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { readBody } from "./read_body.ts";

const tooLarge = (e: unknown) => e instanceof AntiphonError && e.code === "payload_too_large";

Deno.test("readBody() gives every byte up to the limit", async () => {
  const bytes = new Uint8Array(1000).map((_, i) => i);
  assert.deepEqual(await readBody(new Response(bytes), 1000), bytes);
  assert.equal((await readBody(new Response(null), 10)).length, 0);
});

Deno.test("readBody() refuses a longer body, whether it names its length or not", async () => {
  await assert.rejects(readBody(new Response(new Uint8Array(11)), 10), tooLarge);
  const named = new Response("short", { headers: { "content-length": "11" } });
  await assert.rejects(readBody(named, 10), tooLarge);
});

Deno.test("readBody() stops reading an endless body", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(100));
    },
  });
  await assert.rejects(readBody({ headers: new Headers(), body: endless }, 1000), tooLarge);
  assert.ok(pulled < 20);
});
