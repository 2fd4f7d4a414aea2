import assert from "node:assert/strict";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { watchedStream } from "./watched_stream.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function stage() {
  const clock = new VirtualClock();
  let cancelled = 0;
  let say!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (say = controller),
    cancel: () => void (cancelled += 1),
  });
  const cluster = { moved: false };
  const stream = watchedStream(body, {
    stale: () => cluster.moved,
    timer: clock.timer,
    now: () => clock.now,
  });
  return { clock, cluster, say, cancelled: () => cancelled, stream };
}

Deno.test("watchedStream() hands all on and ends with its source", async () => {
  const { stream, say, clock } = stage();
  say.enqueue(bytes("a"));
  say.enqueue(bytes("b"));
  say.close();
  assert.equal(await new Response(stream).text(), "ab");
  assert.equal(clock.pending, 0);
});

Deno.test("watchedStream() ends within a second of its cluster's move", async () => {
  const { stream, say, clock, cluster, cancelled } = stage();
  const text = new Response(stream).text();
  say.enqueue(bytes("a"));
  await clock.pass(20_000);
  cluster.moved = true;
  await clock.pass(1_000);
  assert.equal(await text, "a");
  assert.deepEqual([cancelled(), clock.pending], [1, 0]);
});

Deno.test("watchedStream() ends when nothing comes, not even a sign of life", async () => {
  const { stream, say, clock } = stage();
  const text = new Response(stream).text();
  for (let i = 0; i < 4; i++) {
    await clock.pass(30_000);
    say.enqueue(bytes("."));
  }
  await clock.pass(36_000);
  assert.equal(await text, "....");
});

Deno.test("watchedStream() lets its source go with its reader, and passes its failure on", async () => {
  const left = stage();
  await left.stream.cancel();
  assert.deepEqual([left.cancelled(), left.clock.pending], [1, 0]);
  const broken = stage();
  broken.say.error(new Error("reset"));
  await assert.rejects(new Response(broken.stream).text(), /reset/);
});
