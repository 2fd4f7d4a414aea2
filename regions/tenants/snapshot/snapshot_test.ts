import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { randomCommand } from "../../testing/random_command.ts";
import { TenantHarness } from "../../testing/tenant_harness.ts";
import { evolve } from "../evolve.ts";
import { emptyTenantState } from "../tenant_state.ts";
import { decodeState } from "./decode_state.ts";
import { encodeState, factsText } from "./encode_state.ts";
import { hashEncoded, hashFacts, hashState } from "./hash_state.ts";
import { STATE_FIELDS } from "./state_fields.ts";

/** Plays as many random commands on a tenant as there are numbers. */
function play(h: TenantHarness, numbers: readonly number[]): void {
  numbers.forEach((number, i) => {
    const pick = (below: number) => {
      number = (Math.imul(number, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor(number / 2 ** 32 * below);
    };
    h.at += pick(3000);
    try {
      if (i % 40 === 39) h.pass(20_000);
      else h.send(randomCommand(h.state, { pick, newId: h.newId, at: () => h.at }));
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
    }
  });
}

const numbers = fc.array(fc.nat(), { minLength: 50, maxLength: 300 });

Deno.test("a snapshot gives back the state it was taken of, with its indices and its hash", async () => {
  await fc.assert(
    fc.asyncProperty(numbers, async (history) => {
      const h = new TenantHarness();
      play(h, history);
      const encoded = encodeState(h.state);
      const facts = JSON.parse(factsText(encoded));
      const again = decodeState(encoded.seq, facts);
      assert.deepEqual(again, h.state);
      const hash = hashState(h.state);
      assert.equal(hashState(again), hash);
      assert.equal(hashFacts(encoded.seq, facts), hash);
      assert.equal(await hashEncoded(encoded, () => Promise.resolve(), tick()), hash);
      assert.deepEqual([...again.agents.keys()], [...h.state.agents.keys()], "maps keep order");
    }),
    { numRuns: 20 },
  );
});

Deno.test("a snapshot and the log behind it make the state that the whole log makes", () => {
  fc.assert(
    fc.property(numbers, fc.array(fc.nat(), { minLength: 20, maxLength: 60 }), (history, more) => {
      const h = new TenantHarness();
      play(h, history);
      const again = decodeState(h.state.seq, JSON.parse(factsText(encodeState(h.state))));
      const before = h.log.length;
      play(h, more);
      const added = h.log.slice(before);
      for (const { at, event } of added) evolve(again, event, at);
      assert.equal(hashState(again), hashState(h.state));
      assert.deepEqual(again, h.state);
    }),
    { numRuns: 20 },
  );
});

Deno.test("hashState() sees every change of a fact, and of the number of the last event", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.connectedCaller();
  const hash = hashState(h.state);
  h.state.seq += 1;
  assert.notEqual(hashState(h.state), hash);
  h.state.seq -= 1;
  h.state.agents.get("anna")!.freeSince += 1;
  assert.notEqual(hashState(h.state), hash);
});

Deno.test("every field of a state is a fact or made of facts", () => {
  assert.deepEqual(Object.keys(emptyTenantState()).sort(), Object.keys(STATE_FIELDS).sort());
});

Deno.test("decodeState() refuses facts that are missing or have the wrong shape", () => {
  const facts = JSON.parse(factsText(encodeState(new TenantHarness().state)));
  assert.doesNotThrow(() => decodeState(0, facts));
  for (const wrong of [null, [], {}, { ...facts, agents: {} }, { ...facts, agents: [["a"]] }]) {
    assert.throws(() => decodeState(0, wrong), { code: "unavailable" });
  }
});

/** A clock on which every look takes longer than a slice: each entry is followed by a pause. */
function tick(): () => number {
  let now = 0;
  return () => now += 10;
}
