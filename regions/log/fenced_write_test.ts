import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { fencedWrite } from "./fenced_write.ts";
import { GroupCommitter } from "./group_committer.ts";

function stage() {
  const lease = {
    held: true,
    check() {
      if (!this.held) throw new AntiphonError("not_active", "It does not hold");
    },
  };
  const written: number[] = [];
  const under = Promise.withResolvers<void>();
  const write = fencedWrite({
    write: async (units) => {
      written.push(...units.map((unit) => unit.firstSeq));
      await under.promise;
    },
    lease,
    timer: () => () => {},
    withinMs: 20_000,
  });
  const lost: unknown[] = [];
  const committer = new GroupCommitter(write, (error) => lost.push(error));
  const none = { events: [], effects: [], messages: [], ended: [], traces: [] };
  const commit = (firstSeq: number) =>
    committer.commit({ tenantId: "t", firstSeq, at: 0, ...none }, () => {});
  return { lease, written, under, lost, commit };
}

Deno.test("fencedWrite() acknowledges nothing whose lease ended while it was under way", async () => {
  const { lease, written, under, lost, commit } = stage();
  const committing = commit(1);
  await Promise.resolve();
  await Promise.resolve();
  const behind = commit(2);
  lease.held = false;
  under.resolve();
  await assert.rejects(committing, { code: "stale_epoch" });
  await assert.rejects(behind, { code: "stale_epoch" });
  assert.deepEqual(written, [1]);
  assert.equal(lost.length, 1);
});

Deno.test("fencedWrite() writes nothing without a lease, nor after it came back", async () => {
  const { lease, written, commit, under } = stage();
  under.resolve();
  lease.held = false;
  await assert.rejects(commit(1), { code: "stale_epoch" });
  lease.held = true;
  await assert.rejects(commit(1), { code: "stale_epoch" });
  assert.deepEqual(written, []);
});
