import assert from "node:assert/strict";
import { createCipheriv, createHmac } from "node:crypto";
import fc from "fast-check";
import { derive } from "./derive_session_keys.ts";
import { SrtpReceiver } from "./srtp_receiver.ts";
import { SrtpSender } from "./srtp_sender.ts";
import { writeRtpHeader } from "../rtp/write_rtp_header.ts";

const KEY = Uint8Array.fromHex("E1F97A0D3E018BE0D64FA32C06DE4139");
const SALT = Uint8Array.fromHex("0EC675AD498AFEEBB6960B3AABE6");

function rtp(sequence: number, ssrc = 0xcafebabe, size = 160): Uint8Array {
  const packet = new Uint8Array(12 + size + 14);
  writeRtpHeader(packet, false, 0, sequence, sequence * 160, ssrc);
  for (let i = 0; i < size; i++) packet[12 + i] = (i * 7 + sequence) & 255;
  return packet;
}

Deno.test("derive() gives the session keys of RFC 3711 B.3", () => {
  assert.equal(derive(KEY, SALT, 0, 16).toHex().toUpperCase(), "C61E7A93744F39EE10734AFE3FF7A087");
  assert.equal(derive(KEY, SALT, 2, 14).toHex().toUpperCase(), "30CBBC08863D8C85D49DB34A9AE1");
  assert.equal(
    derive(KEY, SALT, 1, 20).toHex().toUpperCase(),
    "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4",
  );
});

Deno.test("SrtpSender writes what node:crypto computes from RFC 3711", () => {
  const packet = rtp(4711);
  const plain = packet.slice(0, 172);
  const length = new SrtpSender(KEY, SALT).protect(packet, 172, 12);
  assert.equal(length, 182);
  const iv = new Uint8Array(16);
  iv.set(derive(KEY, SALT, 2, 14));
  for (let i = 0; i < 4; i++) iv[4 + i] ^= plain[8 + i];
  iv[12] ^= 4711 >> 8;
  iv[13] ^= 4711 & 255;
  const sealed = createCipheriv("aes-128-ctr", derive(KEY, SALT, 0, 16), iv)
    .update(plain.subarray(12));
  assert.deepEqual([...packet.subarray(12, 172)], [...sealed]);
  const tag = createHmac("sha1", derive(KEY, SALT, 1, 20))
    .update(packet.subarray(0, 172)).update(new Uint8Array(4)).digest();
  assert.deepEqual([...packet.subarray(172, 182)], [...tag.subarray(0, 10)]);
});

Deno.test("SrtpReceiver opens what SrtpSender protects, across the wrap, out of order", () => {
  const order = fc.shuffledSubarray(Array.from({ length: 40 }, (_, i) => i), { minLength: 20 });
  fc.assert(
    fc.property(order, fc.nat(65535), (positions, start) => {
      const sender = new SrtpSender(KEY, SALT);
      const receiver = new SrtpReceiver(KEY, SALT);
      const sealed = Array.from({ length: 41 }, (_, i) => {
        const packet = rtp((start + i) & 0xffff);
        const plain = packet.slice(0, 172);
        return { packet, plain, length: sender.protect(packet, 172, 12) };
      });
      for (const i of [0, ...positions.map((p) => p + 1)]) {
        const { packet, plain, length } = sealed[i];
        const copy = packet.slice();
        assert.equal(receiver.open(packet, length, 12), 172, `packet ${i}`);
        assert.deepEqual(packet.subarray(0, 172), plain);
        assert.equal(receiver.open(copy, length, 12), -1);
      }
      assert.equal(receiver.forged, 0);
      assert.equal(receiver.replayed, positions.length + 1);
    }),
    { numRuns: 30 },
  );
});

Deno.test("SrtpReceiver refuses any flipped bit and leaves the packet as it was", () => {
  fc.assert(
    fc.property(fc.nat(182 * 8 - 1), (bit) => {
      const packet = rtp(7);
      const length = new SrtpSender(KEY, SALT).protect(packet, 172, 12);
      packet[bit >> 3] ^= 1 << (bit & 7);
      const before = packet.slice();
      assert.equal(new SrtpReceiver(KEY, SALT).open(packet, length, 12), -1);
      assert.deepEqual(packet, before);
    }),
    { numRuns: 60 },
  );
});

Deno.test("SrtpSender never uses an index twice", () => {
  const sender = new SrtpSender(KEY, SALT);
  assert.equal(sender.protect(rtp(5), 172, 12), 182);
  assert.equal(sender.protect(rtp(5), 172, 12), -1);
  assert.equal(sender.protect(rtp(6), 172, 12), 182);
});

Deno.test("SrtpReceiver keeps state for sixteen authentic sources at most", () => {
  const sender = new SrtpSender(KEY, SALT);
  const receiver = new SrtpReceiver(KEY, SALT);
  const results = Array.from({ length: 17 }, (_, ssrc) => {
    const packet = rtp(1, ssrc);
    return receiver.open(packet, sender.protect(packet, 172, 12), 12);
  });
  assert.deepEqual(results, [...Array(16).fill(172), -1]);
});

Deno.test("SRTCP round trip, replay and forgery", () => {
  const sender = new SrtpSender(KEY, SALT);
  const receiver = new SrtpReceiver(KEY, SALT);
  for (let i = 0; i < 3; i++) {
    const packet = new Uint8Array(28 + 14);
    packet.set([0x80, 200, 0, 6, 1, 2, 3, 4, 9, 9, i]);
    const plain = packet.slice(0, 28);
    const length = sender.protectRtcp(packet, 28);
    assert.equal(length, 42);
    const again = packet.slice();
    const forged = packet.slice();
    forged[20] ^= 1;
    assert.equal(receiver.openRtcp(forged, length), -1);
    assert.equal(receiver.openRtcp(packet, length), 28);
    assert.deepEqual(packet.subarray(0, 28), plain);
    assert.equal(receiver.openRtcp(again, length), -1);
  }
  assert.deepEqual([receiver.forged, receiver.replayed], [3, 3]);
});
