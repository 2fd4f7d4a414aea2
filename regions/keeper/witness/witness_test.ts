import assert from "node:assert/strict";
import { join } from "node:path";
import type { WitnessRequest } from "../lease/witness_request.ts";
import { writeDurably } from "../process/write_durably.ts";
import { Witness } from "./witness.ts";

const A = { site: "eu-central", instance: "a" };
const B = { site: "us-east", instance: "b" };

function acquire(from: typeof A, term: number): WitnessRequest {
  const sync = { term: 0, revision: 0, inSync: [] };
  return { kind: "acquire", from, term, ttlMs: 1000, sync };
}

Deno.test("a witness keeps its word over a start, and counts the grant from there", async () => {
  const folder = await Deno.makeTempDir();
  let time = 0;
  const witness = () => new Witness({ folder, now: () => time, write: writeDurably });
  const first = witness();
  assert.equal((await first.ask("E39", acquire(A, 1))).refusal, null);
  assert.equal((await first.ask("C14", acquire(B, 7))).record!.term, 7);
  time = 50_000;
  const second = witness();
  const answer = await second.ask("E39", acquire(B, 2));
  assert.equal(answer.refusal, "held");
  assert.equal(answer.liveMs, 1000);
  time = 51_001;
  assert.equal((await second.ask("E39", acquire(B, 2))).refusal, null);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a witness that cannot write promises nothing, and gives nothing away", async () => {
  const folder = await Deno.makeTempDir();
  let fails = true;
  const write = (path: string, text: string) =>
    fails ? Promise.reject(new Error("disk full")) : writeDurably(path, text);
  const witness = new Witness({ folder, now: () => 0, write });
  await assert.rejects(witness.ask("E39", acquire(A, 1)), { code: "unavailable" });
  fails = false;
  const read = await witness.ask("E39", { kind: "read", from: B });
  assert.equal(read.record, null);
  assert.equal((await witness.ask("E39", acquire(A, 1))).refusal, null);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a witness does not count a damaged record as none", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "E39.json"), "{");
  const witness = new Witness({ folder, now: () => 0, write: writeDurably });
  await assert.rejects(witness.ask("E39", acquire(A, 1)), { code: "unavailable" });
  await Deno.remove(join(folder, "E39.json"));
  assert.equal((await witness.ask("E39", acquire(A, 1))).refusal, null);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a witness answers one after the other", async () => {
  const folder = await Deno.makeTempDir();
  const order: string[] = [];
  const witness = new Witness({
    folder,
    now: () => 0,
    write: async (path, text) => {
      order.push("begins");
      await writeDurably(path, text);
      order.push("ends");
    },
  });
  const [a, b] = await Promise.all([
    witness.ask("E39", acquire(A, 1)),
    witness.ask("E39", acquire(B, 2)),
  ]);
  assert.equal(a.refusal, null);
  assert.equal(b.refusal, "held");
  assert.deepEqual(order, ["begins", "ends"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a witness renews while its disk hangs, and writes nothing older over what it promises", async () => {
  const folder = await Deno.makeTempDir();
  let time = 0;
  const hanging = Promise.withResolvers<void>();
  let hangs = false;
  const written: number[] = [];
  const write = async (path: string, text: string) => {
    if (hangs) await hanging.promise;
    written.push(JSON.parse(text).term);
    await writeDurably(path, text);
  };
  const witness = new Witness({ folder, now: () => time, write });
  const { record } = await witness.ask("E39", acquire(A, 1));
  hangs = true;
  const position = { timeline: 1, lsn: "0/3000060", at: 5 };
  const renew: WitnessRequest = {
    ...{ kind: "renew", from: A, term: 1, ttlMs: 1000, sync: record!.sync, position },
  };
  for (time = 100; time <= 10_000; time += 500) {
    assert.equal((await witness.ask("E39", renew)).liveMs, 1000);
  }
  const next = witness.ask("E39", acquire(A, 2));
  hanging.resolve();
  assert.equal((await next).refusal, null);
  assert.equal(written.at(-1), 2);
  const again = new Witness({ folder, now: () => time, write });
  const { record: kept } = await again.ask("E39", { kind: "read", from: B });
  assert.deepEqual([kept!.term, kept!.position], [2, position]);
  await Deno.remove(folder, { recursive: true });
});
