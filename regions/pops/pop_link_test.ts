import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import { PopLink, type PopLinkListener } from "./pop_link.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

function link(listener: Partial<PopLinkListener> = {}) {
  const sent: CellFrame[] = [];
  const closed: [number | undefined, string | undefined][] = [];
  const timers: (() => void)[] = [];
  const made = new PopLink(
    {
      send: (text) => sent.push(JSON.parse(text)),
      close: (code, reason) => closed.push([code, reason]),
    },
    7,
    {
      hello: () => Promise.resolve(3),
      event: () => Promise.resolve(),
      softphone: () => Promise.resolve(),
      settled: () => Promise.resolve(),
      ...listener,
    },
    createLogger({ service: "test", write: () => {} }),
    (_, run) => {
      timers.push(run);
      return () => {};
    },
  );
  const receive = async (frame: unknown) => {
    made.receive(typeof frame === "string" ? frame : JSON.stringify(frame));
    await settled();
  };
  return { link: made, sent, closed, timers, receive };
}

/** Lets everything that is ready run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const hello = {
  type: "hello",
  version: 1,
  popId: "FRA",
  token: "t",
  bootId: ID,
  liveCalls: [],
  softphones: [],
};
const ended = (seq: number) => ({
  type: "event",
  seq,
  tenantId: ID,
  callId: ID,
  at: 1,
  event: { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null },
});

Deno.test("PopLink welcomes with its epoch and the last committed event", async () => {
  const { sent, receive } = link();
  await receive(hello);
  assert.deepEqual(sent, [{ type: "welcome", epoch: 7, lastSeq: 3 }]);
});

Deno.test("PopLink acknowledges an event when it is durable, and a repeat without deciding", async () => {
  const durable = Promise.withResolvers<void>();
  let decided = 0;
  const { sent, receive } = link({ event: () => (decided += 1, durable.promise) });
  await receive(hello);
  await receive(ended(3));
  assert.deepEqual(sent.slice(1), [{ type: "ack", seq: 3 }]);
  await receive(ended(4));
  assert.equal(sent.length, 2);
  durable.resolve();
  await settled();
  assert.deepEqual(sent.at(-1), { type: "ack", seq: 4 });
  assert.equal(decided, 1);
});

Deno.test("PopLink does not acknowledge past an event that is not durable yet", async () => {
  const first = Promise.withResolvers<void>();
  const { sent, receive } = link({
    event: (frame) => frame.seq === 4 ? first.promise : Promise.resolve(),
  });
  await receive(hello);
  await receive(ended(4));
  await receive(ended(5));
  assert.equal(sent.length, 1);
  first.resolve();
  await settled();
  assert.deepEqual(sent.slice(1), [{ type: "ack", seq: 4 }, { type: "ack", seq: 5 }]);
});

Deno.test("PopLink closes when an event cannot be committed, so that it comes again", async () => {
  const { closed, receive } = link({ event: () => Promise.reject(new Error("disk full")) });
  await receive(hello);
  await receive(ended(4));
  assert.equal(closed[0][0], 4500);
});

Deno.test("PopLink resolves a command by its result and rejects it when there is none", async () => {
  const { link: l, timers, receive } = link();
  await receive(hello);
  const place = { tenantId: ID, callId: ID };
  const taken = l.command({ ...place, commandId: "a" }, { type: "answer" });
  await receive({ type: "command-result", commandId: "a", ok: true, code: null });
  await taken;
  const lost = l.command({ ...place, commandId: "b" }, { type: "answer" });
  timers.at(-1)!();
  await assert.rejects(lost, { code: "unavailable" });
});

Deno.test("PopLink says which part of a frame does not fit", async () => {
  const { closed, receive } = link();
  await receive({ ...hello, popId: "lower case" });
  assert.deepEqual(closed, [[4400, "Bad frame at popId"]]);
  const other = link();
  await other.receive("{");
  assert.equal(other.closed[0][0], 4400);
});

Deno.test("PopLink lets nobody in without a good token", async () => {
  const { closed, receive } = link({
    hello: () => Promise.reject(new AntiphonError("unauthenticated", "no")),
  });
  await receive(hello);
  assert.deepEqual(closed, [[4401, "unauthenticated"]]);
  const early = link();
  await early.receive(ended(1));
  assert.equal(early.closed[0][0], 4401);
});

Deno.test("PopLink reports that all is told at the first ping only", async () => {
  let settled = 0;
  const { sent, receive } = link({ settled: () => (settled += 1, Promise.resolve()) });
  await receive(hello);
  await receive({ type: "ping" });
  await receive({ type: "ping" });
  assert.equal(settled, 1);
  assert.deepEqual(sent.slice(1), [{ type: "pong" }, { type: "pong" }]);
});

Deno.test("PopLink answers pings while work is under way, and before hello", async () => {
  const work = Promise.withResolvers<number>();
  let settled = 0;
  const { sent, receive } = link({
    hello: () => work.promise,
    settled: () => (settled += 1, Promise.resolve()),
  });
  await receive({ type: "ping" });
  await receive(hello);
  await receive({ type: "ping" });
  assert.deepEqual(sent, [{ type: "pong" }, { type: "pong" }]);
  work.resolve(0);
  await receive({ type: "ping" });
  assert.deepEqual([sent.length, settled], [4, 0], "that one came as it was welcomed");
  await receive({ type: "ping" });
  assert.equal(settled, 1);
});

Deno.test("PopLink does not take a command for taken that a PoP refused by epoch", async () => {
  const { link: l, receive } = link();
  await receive(hello);
  const place = { tenantId: ID, callId: ID, commandId: "a" };
  const refused = assert.rejects(l.command(place, { type: "answer" }), { code: "stale_epoch" });
  await receive({ type: "command-result", commandId: "a", ok: false, code: "stale_epoch" });
  await refused;
});
