import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteWriter } from "./byte_writer.ts";
import { HandshakeReassembler } from "./handshake_reassembler.ts";

function fragment(sequence: number, body: Uint8Array, from: number, to: number): Uint8Array {
  return new ByteWriter().number(1, 11).number(3, body.length).number(2, sequence)
    .number(3, from).vector(3, body.subarray(from, to)).finish();
}

Deno.test("HandshakeReassembler joins fragments in any order, overlapping and doubled", () => {
  const cuts = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 20 });
  fc.assert(fc.property(cuts, fc.uint8Array({ minLength: 100, maxLength: 100 }), (parts, body) => {
    const reassembler = new HandshakeReassembler();
    const got: Uint8Array[] = [];
    const feed = (from: number, to: number) =>
      reassembler.receive(fragment(0, body, from, to), (m) => got.push(m.body), () => {});
    for (const [a, b] of parts) feed(Math.min(a, b), Math.max(a, b));
    feed(50, 100);
    feed(0, 50);
    assert.deepEqual(got, [body]);
    assert.equal(reassembler.next, 1);
  }));
});

Deno.test("HandshakeReassembler delivers in order and tells of repeats", () => {
  const reassembler = new HandshakeReassembler();
  const [order, repeats]: [number[], number[]] = [[], []];
  const body = new Uint8Array(4);
  for (const sequence of [1, 0, 0, 9, 2]) {
    reassembler.receive(
      fragment(sequence, body, 0, 4),
      (m) => order.push(m.sequence),
      (type) => repeats.push(type),
    );
  }
  assert.deepEqual(order, [0, 1, 2]);
  assert.deepEqual(repeats, [11]);
});

Deno.test("HandshakeReassembler drops what is malformed or too large", () => {
  const reassembler = new HandshakeReassembler();
  const never = () => assert.fail();
  const header = (total: number, offset: number, length: number) =>
    new ByteWriter().number(1, 1).number(3, total).number(2, 0).number(3, offset)
      .number(3, length).bytes(new Uint8Array(8)).finish();
  for (const bad of [header(9000, 0, 8), header(8, 4, 8), header(8, 0, 20)]) {
    reassembler.receive(bad, never, never);
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
    new HandshakeReassembler().receive(bytes, () => {}, () => {});
  }));
});
