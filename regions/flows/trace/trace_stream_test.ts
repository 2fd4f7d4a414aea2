import assert from "node:assert/strict";
import { showTrace } from "./show_trace.ts";
import type { StoredTraceItem } from "./stored_trace_item.ts";
import { TRACE_START } from "./trace_cursor.ts";
import { TRACE_STREAM_MS, traceStream, type TraceStreamEnd } from "./trace_stream.ts";

function stage(text = "") {
  const stored: StoredTraceItem[] = [];
  const timers = new Map<() => void, number>();
  const state = { ended: false, more: () => {}, closed: [] as TraceStreamEnd[] };
  const add = (seq: number) => {
    const item = { interactionId: "i", step: seq, input: text, output: {}, hidden: [] };
    stored.push({ id: `${seq}.1`, item: item as unknown as StoredTraceItem["item"] });
  };
  const open = (after = TRACE_START) =>
    traceStream({
      read: ({ seq }, limit) =>
        Promise.resolve(stored.filter(({ id }) => parseInt(id) > seq).slice(0, limit)),
      show: (item) => showTrace(item, { admin: true }),
      ended: () => Promise.resolve(state.ended),
      follow: (more) => {
        state.more = more;
        return () => state.more = () => {};
      },
      timer: (ms, run) => {
        timers.set(run, ms);
        return () => timers.delete(run);
      },
      closed: (why) => state.closed.push(why),
    }, after);
  const fire = (ms: number) => {
    for (const [run, of] of [...timers]) if (of === ms && timers.delete(run)) run();
  };
  return { stored, add, open, state, fire, timers };
}

const textOf = (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  stream.pipeThrough(new TextDecoderStream()).getReader();

/** Lets what is ready happen. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

Deno.test("a stream tells what is stored, what comes, and the end", async () => {
  const s = stage();
  for (let seq = 1; seq <= 250; seq++) s.add(seq);
  const reader = textOf(s.open({ seq: 3, n: 1 }));
  let text = "";
  while (!text.includes("id: 250.1")) text += (await reader.read()).value;
  const ids = () => [...text.matchAll(/^id: (\d+)\.1$/gm)].map((match) => Number(match[1]));
  assert.deepEqual(ids(), Array.from({ length: 247 }, (_, i) => i + 4));
  s.add(251);
  s.state.more();
  text += (await reader.read()).value;
  assert.equal(ids().at(-1), 251);
  s.add(252);
  s.state.ended = true;
  s.state.more();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  assert.equal(ids().at(-1), 252);
  assert.match(text, /event: end\ndata: \{\}\n\n$/);
  assert.deepEqual([s.state.closed, s.timers.size], [["ended"], 0]);
});

Deno.test("a quiet stream says that it is still there, and ends after its time", async () => {
  const s = stage();
  const reader = textOf(s.open());
  await reader.read();
  await settle();
  s.fire(TRACE_STREAM_MS.heartbeat);
  assert.equal((await reader.read()).value, ": still here\n\n");
  await settle();
  s.fire(TRACE_STREAM_MS.most);
  assert.equal((await reader.read()).done, true);
  assert.deepEqual([s.state.closed, s.timers.size], [["time"], 0]);
});

Deno.test("a reader who leaves, or takes nothing, is let go", async () => {
  const left = stage();
  const reader = textOf(left.open());
  await reader.read();
  await reader.cancel();
  await settle();
  assert.deepEqual([left.state.closed, left.timers.size], [["left"], 0]);
  const slow = stage("x".repeat(10_000));
  for (let seq = 1; seq <= 500; seq++) slow.add(seq);
  const stream = slow.open();
  for (let i = 0; i < 5; i++) await settle();
  slow.fire(TRACE_STREAM_MS.slow);
  assert.deepEqual([slow.state.closed, slow.timers.size], [["slow"], 0]);
  await assert.rejects(textOf(stream).read());
});

Deno.test("a stream whose store fails breaks off", async () => {
  const s = stage();
  const stream = traceStream({
    read: () => Promise.reject(new Error("away")),
    show: (item) => showTrace(item, { admin: true }),
    ended: () => Promise.resolve(false),
    follow: () => () => {},
    timer: () => () => {},
    closed: (why) => s.state.closed.push(why),
  }, TRACE_START);
  await settle();
  await assert.rejects(textOf(stream).read(), /away/);
  assert.deepEqual(s.state.closed, ["failed"]);
});
