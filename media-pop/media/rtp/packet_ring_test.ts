import assert from "node:assert/strict";
import { PacketRing } from "./packet_ring.ts";

Deno.test("PacketRing hands out its slots in turn and reuses views", () => {
  const ring = new PacketRing(2, 64);
  const [a, b, c] = [ring.next(), ring.next(), ring.next()];
  assert.equal(a, c);
  assert.notEqual(a, b);
  assert.equal(a.view(10), a.view(10));
  assert.equal(a.view(10).buffer, a.bytes.buffer);
});
