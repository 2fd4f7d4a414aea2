import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CommitUnit } from "./commit_unit.ts";
import { GroupCommitter } from "./group_committer.ts";

const unit = (firstSeq: number, tenantId = "t"): CommitUnit => ({
  tenantId,
  firstSeq,
  at: 0,
  events: [],
  effects: [],
  messages: [],
  ended: [],
  traces: [],
});

Deno.test("GroupCommitter gathers what comes while a transaction is under way", async () => {
  const batches: number[][] = [];
  const gate = Promise.withResolvers<void>();
  const committer = new GroupCommitter(async (units) => {
    batches.push(units.map((u) => u.firstSeq));
    if (batches.length === 1) await gate.promise;
  });
  const first = committer.commit(unit(1), () => {});
  await Promise.resolve();
  await Promise.resolve();
  const others = [2, 3, 4].map((seq) => committer.commit(unit(seq), () => {}));
  gate.resolve();
  await Promise.all([first, ...others]);
  assert.deepEqual(batches, [[1], [2, 3, 4]]);
});

Deno.test("GroupCommitter refuses everything behind a failed transaction, then goes on", async () => {
  let fail = true;
  const written: number[] = [];
  const committer = new GroupCommitter((units) => {
    if (fail) return Promise.reject(new Error("disk full"));
    written.push(...units.map((u) => u.firstSeq));
    return Promise.resolve();
  });
  const failed: number[] = [];
  const results = await Promise.allSettled(
    [1, 2].map((seq) => committer.commit(unit(seq), () => failed.push(seq))),
  );
  assert.deepEqual(results.map((r) => r.status), ["rejected", "rejected"]);
  assert.deepEqual(failed, [1, 2]);
  fail = false;
  await committer.commit(unit(1), () => {});
  assert.deepEqual(written, [1]);
});

Deno.test("GroupCommitter forgets delivered effects with the next transaction", async () => {
  const forgotten: string[] = [];
  const committer = new GroupCommitter((_, delivered) => {
    forgotten.push(...delivered);
    return Promise.resolve();
  });
  committer.delivered(["a", "b"]);
  await committer.idle();
  assert.deepEqual(forgotten, ["a", "b"]);
});

Deno.test("GroupCommitter keeps one tenant's trouble from the others", async () => {
  const written: string[] = [];
  const committer = new GroupCommitter((units) => {
    if (units.some((u) => u.tenantId === "bad")) return Promise.reject(new Error("NUL"));
    written.push(...units.map((u) => `${u.tenantId}${u.firstSeq}`));
    return Promise.resolve();
  });
  const results = await Promise.allSettled([
    committer.commit(unit(1, "good"), () => {}),
    committer.commit(unit(1, "bad"), () => {}),
    committer.commit(unit(2, "good"), () => {}),
  ]);
  assert.deepEqual(results.map((r) => r.status), ["fulfilled", "rejected", "fulfilled"]);
  assert.deepEqual(written, ["good1", "good2"]);
});

Deno.test("GroupCommitter writes nothing again once another process owns the log", async () => {
  let writes = 0;
  const lost: unknown[] = [];
  const gone = new AntiphonError("stale_epoch", "another owner");
  const committer = new GroupCommitter(() => {
    writes += 1;
    return Promise.reject(gone);
  }, (error) => lost.push(error));
  const failed: number[] = [];
  const results = await Promise.allSettled(
    [1, 2].map((seq) => committer.commit(unit(seq, `t${seq}`), () => failed.push(seq))),
  );
  assert.deepEqual(results.map((r) => r.status), ["rejected", "rejected"]);
  await assert.rejects(committer.commit(unit(3), () => failed.push(3)), gone);
  committer.delivered(["x"]);
  await committer.idle();
  assert.deepEqual([writes, failed, lost], [1, [1, 2, 3], [gone]]);
});

Deno.test("GroupCommitter does not write again what may have been written", async () => {
  const writes: number[][] = [];
  const broken = Object.assign(new Error("closed"), { code: "CONNECTION_CLOSED" });
  const gate = Promise.withResolvers<void>();
  const committer = new GroupCommitter(async (units) => {
    writes.push(units.map((u) => u.firstSeq));
    if (writes.length > 1) return;
    await gate.promise;
    throw broken;
  });
  const first = committer.commit(unit(1), () => {});
  await Promise.resolve();
  await Promise.resolve();
  const behind = committer.commit(unit(2), () => {});
  const other = committer.commit(unit(3, "other"), () => {});
  gate.resolve();
  await assert.rejects(first, broken);
  await assert.rejects(behind, broken);
  await other;
  assert.deepEqual(writes, [[1], [3]]);
});

Deno.test("GroupCommitter lets no later position stand in for an event that came to nothing", async () => {
  const link = { broken: false };
  const at = (seq: number, tenantId: string) => ({
    ...unit(1, tenantId),
    popPosition: { popId: "FRA", bootId: "b", seq, link },
  });
  const positions: (number | undefined)[] = [];
  let writes = 0;
  const committer = new GroupCommitter((units) => {
    writes += 1;
    if (units.some((u) => u.tenantId === "broken")) return Promise.reject(new Error("refused"));
    positions.push(...units.map((u) => u.popPosition?.seq));
    return Promise.resolve();
  });
  await committer.commit(at(1, "well"), () => {});
  const lost = committer.commit(at(2, "broken"), () => {});
  await assert.rejects(lost);
  await committer.commit(at(3, "well"), () => {});
  assert.deepEqual(positions, [1, undefined]);
  assert.ok(link.broken && writes > 2);
});
