import assert from "node:assert/strict";
import fc from "fast-check";
import { ReceptionStatistics } from "./reception_statistics.ts";

Deno.test("ReceptionStatistics counts loss across the wrap of the sequence", () => {
  const stats = new ReceptionStatistics();
  for (let i = 0; i < 100; i++) {
    if (i % 10 === 5) continue;
    assert.ok(stats.receive(1, (65_490 + i) & 0xffff, i * 160, i * 20));
  }
  assert.equal(stats.received, 90);
  assert.equal(stats.lost, 10);
  assert.equal(stats.extendedHighest, 65_490 + 99);
  assert.equal(stats.jitter, 0);
  assert.equal(stats.takeFractionLost(), Math.floor(10 * 256 / 100));
  assert.equal(stats.takeFractionLost(), 0);
});

Deno.test("ReceptionStatistics tells duplicates and out of order packets apart", () => {
  const stats = new ReceptionStatistics();
  for (const s of [10, 11, 13, 12, 12, 13]) stats.receive(1, s, s * 160, s * 20);
  assert.deepEqual([stats.received, stats.outOfOrder, stats.duplicates, stats.lost], [4, 1, 2, 0]);
});

Deno.test("ReceptionStatistics follows RFC 3550 A.8 in its jitter", () => {
  const stats = new ReceptionStatistics();
  let expected = 0;
  for (let i = 0; i < 200; i++) {
    const late = i % 2 === 0 ? 0 : 4;
    stats.receive(1, i, i * 160, i * 20 + late);
    if (i > 0) expected += (32 - expected) / 16;
  }
  assert.ok(Math.abs(stats.jitterMilliseconds - expected / 8) < 1e-9);
});

Deno.test("ReceptionStatistics restarts on a new SSRC or a jump and keeps totals", () => {
  const stats = new ReceptionStatistics();
  stats.receive(1, 1, 0, 0);
  stats.receive(1, 3, 320, 40);
  stats.receive(2, 500, 0, 60);
  stats.receive(2, 40_000, 160, 80);
  assert.deepEqual([stats.received, stats.lost, stats.restarts], [4, 1, 2]);
});

Deno.test("ReceptionStatistics never reports negative loss and accepts each number once", () => {
  fc.assert(fc.property(fc.array(fc.nat(40), { minLength: 1 }), (sequences) => {
    const stats = new ReceptionStatistics();
    const taken = new Set<number>();
    for (const s of sequences) {
      const fresh = stats.receive(7, s, s * 160, s * 20);
      if (fresh) assert.ok(!taken.has(s));
      taken.add(s);
      assert.ok(stats.lost >= 0);
    }
  }));
});
