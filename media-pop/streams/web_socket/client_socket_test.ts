import assert from "node:assert/strict";
import { ClientSocket, type SocketEvents } from "./client_socket.ts";

const text = (value: string) => new TextEncoder().encode(value);

/** A connection in memory: what is pushed is read, what is written is kept once `flow` is on. */
function wire() {
  const reads: (Uint8Array | null)[] = [];
  let waiting: ((bytes: Uint8Array | null) => void) | undefined;
  const written: number[] = [];
  const held = Promise.withResolvers<void>();
  let holds = false;
  let closes = 0;
  return {
    written,
    get closes() {
      return closes;
    },
    hold: () => void (holds = true),
    release: () => held.resolve(),
    push(bytes: Uint8Array | null) {
      const wake = waiting;
      waiting = undefined;
      if (wake) wake(bytes);
      else reads.push(bytes);
    },
    connection: {
      async read(into: Uint8Array) {
        const bytes = reads.length > 0
          ? reads.shift()!
          : await new Promise<Uint8Array | null>((resolve) => waiting = resolve);
        if (bytes === null) return null;
        into.set(bytes);
        return bytes.length;
      },
      async write(bytes: Uint8Array) {
        if (holds) await held.promise;
        // Never more than a few bytes at once.
        const taken = bytes.subarray(0, 1000);
        written.push(...taken);
        return taken.length;
      },
      close: () => {
        closes++;
        waiting?.(null);
        waiting = undefined;
      },
    },
  };
}

function open(first = new Uint8Array(), mask = 0x01020304) {
  const w = wire();
  const told: string[] = [];
  const over = Promise.withResolvers<void>();
  const events: SocketEvents = {
    text: (message) => told.push(message),
    alive: () => {},
    closed: (code, error) => {
      told.push(`closed ${code} ${(error as { code?: string })?.code ?? ""}`.trim());
      over.resolve();
    },
  };
  const socket = new ClientSocket(w.connection, first, events, () => mask);
  return { ...w, wire: w, told, socket, over: over.promise };
}

/** Undoes a frame's mask. */
function unmask(bytes: number[]): { opcode: number; text: string } {
  const size = bytes[1] & 0x7f;
  assert.ok(bytes[1] & 0x80, "a client masks");
  const head = size === 126 ? 8 : size === 127 ? 14 : 6;
  const key = bytes.slice(head - 4, head);
  const payload = bytes.slice(head).map((byte, i) => byte ^ key[i % 4]);
  return { opcode: bytes[0] & 15, text: new TextDecoder().decode(Uint8Array.from(payload)) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("what is sent is masked and whole, however little the connection takes at once", async () => {
  for (const length of [5, 126, 2000, 70_000]) {
    const t = open();
    const message = "é".repeat(length / 2);
    assert.ok(t.socket.sendText(message));
    await settled();
    assert.deepEqual(unmask(t.written), { opcode: 1, text: message });
    t.push(null);
    await t.over;
  }
});

Deno.test("a far end that does not read is told of once 256 KiB wait", async () => {
  const t = open();
  t.hold();
  const message = "x".repeat(60_000);
  const taken = Array.from({ length: 8 }, () => t.socket.sendText(message));
  assert.deepEqual(taken, [true, true, true, true, true, false, false, false]);
  t.release();
  t.push(null);
  await t.over;
});

Deno.test("what was read behind the handshake counts; pings are answered; a close is answered", async () => {
  const t = open(Uint8Array.from([0x81, 2, ...text("hi"), 0x89, 1, 7]));
  await settled();
  assert.deepEqual(t.told, ["hi"]);
  assert.equal(unmask(t.written).opcode, 10);
  t.push(Uint8Array.of(0x88, 2, 0x03, 0xe9));
  await t.over;
  assert.deepEqual(t.told, ["hi", "closed 1001"]);
  assert.equal(t.wire.closes, 1);
  assert.equal(t.socket.sendText("late"), false);
});

Deno.test("our close waits for its answer, and nothing said meanwhile counts", async () => {
  const t = open();
  t.socket.close(1000);
  t.socket.close(1000);
  await settled();
  assert.equal(unmask(t.written).opcode, 8);
  t.push(Uint8Array.from([0x81, 2, ...text("hi")]));
  t.push(Uint8Array.of(0x88, 2, 0x03, 0xe8));
  await t.over;
  assert.deepEqual(t.told, ["closed 1000"]);
});

Deno.test("nonsense and an end without a word close it", async () => {
  const broken = open(Uint8Array.of(0xff, 0));
  await broken.over;
  assert.deepEqual(broken.told, ["closed null frame_invalid"]);
  const gone = open();
  gone.push(null);
  await gone.over;
  assert.deepEqual(gone.told, ["closed null"]);
});
