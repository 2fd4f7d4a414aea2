import assert from "node:assert/strict";
import fc from "fast-check";
import { A_LAW } from "../g711/a_law.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { Prompt } from "../prompts/prompt.ts";
import { Player } from "./player.ts";

const lengths = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 5 });

/** Prompts whose samples count up through all of them. */
function counting(sizes: readonly number[]): Prompt[] {
  let from = 0;
  return sizes.map((size, i) => {
    const codes = Uint8Array.from({ length: size }, (_, at) => (from + at) % 251);
    from += size;
    return new Prompt(`p${i}`, codes);
  });
}

Deno.test("Player reads prompts in turn without a gap, then silence", () => {
  fc.assert(fc.property(lengths, (sizes) => {
    const player = new Player(counting(sizes), false);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const packet = new Uint8Array(160);
    for (let at = 0; at < total + 160; at += 160) {
      assert.equal(player.ended, at >= total);
      player.read(packet, 0, MU_LAW);
      packet.forEach((code, i) => assert.equal(code, at + i < total ? (at + i) % 251 : 0xff));
    }
    assert.equal(player.ended, true);
  }));
});

Deno.test("Player reads a list again and again without a gap, and an empty one not at all", () => {
  fc.assert(
    fc.property(lengths, (sizes) => {
      const player = new Player(counting(sizes), true);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const packet = new Uint8Array(172);
      assert.equal(player.ended, total === 0);
      for (let at = 0; at < 3 * total; at += 160) {
        player.read(packet, 12, A_LAW);
        const codes = counting(sizes).flatMap((prompt) => [...prompt.codes(A_LAW)]);
        packet.subarray(12).forEach((code, i) => assert.equal(code, codes[(at + i) % total]));
        assert.equal(player.ended, false);
      }
    }),
    { numRuns: 30 },
  );
});
