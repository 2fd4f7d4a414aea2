import assert from "node:assert/strict";
import fc from "fast-check";
import type { Durability } from "../../protocol/topology/durability.ts";
import type { CommitUnit, PopPosition } from "./commit_unit.ts";
import { DurableCommitter } from "./durable_committer.ts";
import { GroupCommitter } from "./group_committer.ts";

function unit(tenantId: string, firstSeq: number, popPosition?: PopPosition): CommitUnit {
  const none = { events: [], effects: [], messages: [], ended: [], traces: [] };
  return { tenantId, firstSeq, at: 0, ...none, ...(popPosition ? { popPosition } : {}) };
}

/** Committers whose writes end when they are told to. */
function stage() {
  const classes = new Map<string, Durability>();
  const open: {
    durability: Durability;
    units: readonly CommitUnit[];
    end: (ok: boolean) => void;
  }[] = [];
  const written: { durability: Durability; unit: CommitUnit }[] = [];
  const delivered: [Durability, string][] = [];
  const of = (durability: Durability) =>
    new GroupCommitter(async (units, ids) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      open.push({ durability, units, end: resolve });
      if (!(await promise)) throw Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" });
      for (const unit of units) written.push({ durability, unit });
      for (const id of ids) delivered.push([durability, id]);
    });
  const committer = new DurableCommitter({
    committers: { region: of("region"), zone: of("zone") },
    durabilityOf: (id) => classes.get(id) ?? "region",
  });
  return {
    ...{ classes, open, written, delivered, committer },
    async settle() {
      for (let i = 0; i < 80; i++) await Promise.resolve();
    },
    /** Ends the oldest write under way. */
    end(ok = true) {
      open.shift()?.end(ok);
    },
    names: () =>
      written.map(({ durability, unit: u }) => `${durability} ${u.tenantId}${u.firstSeq}`),
  };
}

Deno.test("DurableCommitter lets no tenant wait for another's class", async () => {
  const { committer, classes, open, settle } = stage();
  classes.set("z", "zone");
  const commits = [
    committer.commit(unit("r", 1), () => {}),
    committer.commit(unit("z", 1), () => {}),
  ];
  await settle();
  assert.deepEqual(open.map((it) => it.durability), ["region", "zone"]);
  for (const { end } of open) end(true);
  await Promise.all(commits);
});

Deno.test("DurableCommitter changes a tenant's class between two commits, in order", async () => {
  const { committer, classes, settle, end, names, open } = stage();
  const commits = [committer.commit(unit("a", 1), () => {})];
  await settle();
  classes.set("a", "zone");
  commits.push(committer.commit(unit("a", 2), () => {}), committer.commit(unit("a", 3), () => {}));
  await settle();
  assert.equal(open.length, 1, "the first is still under way");
  end();
  await settle();
  end();
  await Promise.all(commits);
  assert.deepEqual(names(), ["region a1", "zone a2", "zone a3"]);
});

Deno.test("DurableCommitter refuses what is held behind a commit that failed", async () => {
  const { committer, classes, settle, end, open } = stage();
  const failed: number[] = [];
  const commit = (seq: number) => committer.commit(unit("a", seq), () => failed.push(seq));
  const first = commit(1);
  await settle();
  classes.set("a", "zone");
  const others = [commit(2), commit(3)];
  end(false);
  const results = await Promise.allSettled([first, ...others]);
  assert.deepEqual(results.map((r) => r.status), ["rejected", "rejected", "rejected"]);
  assert.deepEqual(failed, [1, 2, 3]);
  assert.equal(open.length, 0);
});

Deno.test("DurableCommitter stores no position that covers what another connection writes", async () => {
  const { committer, classes, settle, end, written } = stage();
  classes.set("z", "zone");
  const link = { broken: false };
  const told = (seq: number) => ({ popId: "FRA", bootId: "b", seq, link });
  const first = committer.commit(unit("z", 1, told(5)), () => {});
  const second = committer.commit(unit("r", 1, told(6)), () => {});
  await settle();
  end();
  end();
  await Promise.all([first, second]);
  const third = committer.commit(unit("r", 2, told(7)), () => {});
  await settle();
  end();
  await third;
  assert.deepEqual(written.map(({ unit: u }) => u.popPosition?.seq), [5, undefined, 7]);
});

Deno.test("DurableCommitter stores no position that covers what is held", async () => {
  const { committer, classes, settle, end, written } = stage();
  const link = { broken: false };
  const told = (seq: number) => ({ popId: "FRA", bootId: "b", seq, link });
  const first = committer.commit(unit("a", 1), () => {});
  await settle();
  classes.set("a", "zone");
  const held = committer.commit(unit("a", 2, told(5)), () => {});
  const other = committer.commit(unit("r", 1, told(6)), () => {});
  for (let i = 0; i < 3; i++) {
    end();
    await settle();
  }
  await Promise.all([first, held, other]);
  const position = (tenantId: string) =>
    written.findLast((it) => it.unit.tenantId === tenantId)?.unit.popPosition?.seq;
  assert.deepEqual([position("a"), position("r")], [undefined, undefined]);
});

Deno.test("DurableCommitter finishes what is under way when paused, and goes on in order", async () => {
  const { committer, settle, end, names, open } = stage();
  const commits = [committer.commit(unit("a", 1), () => {})];
  await settle();
  commits.push(committer.commit(unit("a", 2), () => {}));
  let paused = false;
  const pausing = committer.pause().then(() => paused = true);
  commits.push(committer.commit(unit("a", 3), () => {}), committer.commit(unit("b", 1), () => {}));
  end();
  await settle();
  assert.equal(paused, false);
  end();
  await pausing;
  assert.deepEqual(names(), ["region a1", "region a2"]);
  assert.equal(open.length, 0);
  committer.resume();
  commits.push(committer.commit(unit("a", 4), () => {}));
  await settle();
  while (open.length > 0) {
    end();
    await settle();
  }
  await Promise.all(commits);
  assert.deepEqual(
    names().filter((it) => it.includes("a")),
    [1, 2, 3, 4].map((n) => `region a${n}`),
  );
});

Deno.test("DurableCommitter marks effects by their tenants' classes", async () => {
  const { committer, classes, settle, end, delivered } = stage();
  classes.set("z", "zone");
  committer.delivered(["z:1:0", "r:4:1", "z:2:0"]);
  await settle();
  end();
  end();
  await committer.idle();
  assert.deepEqual(delivered.toSorted(), [["region", "r:4:1"], ["zone", "z:1:0"], [
    "zone",
    "z:2:0",
  ]]);
});

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ commit: fc.constantFrom("a", "b", "c") }) },
  { weight: 2, arbitrary: fc.record({ change: fc.constantFrom("a", "b", "c") }) },
  { weight: 4, arbitrary: fc.record({ end: fc.nat(3), ok: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom({ pause: true }, { resume: true }) },
);

Deno.test("DurableCommitter writes each tenant's units without a gap, whatever fails and changes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const { committer, classes, open, written, settle } = stage();
      const link = { broken: false };
      const next = new Map<string, number>();
      /** Position of each unit. */
      const positions = new Map<string, number>();
      let position = 0;
      /** What was refused: its tenant decides anew from behind what was written. */
      const fresh = (tenantId: string) =>
        written.filter((it) => it.unit.tenantId === tenantId).length + 1;
      const unsettled = new Map<string, number>();
      for (const now of steps) {
        if ("commit" in now) {
          const { commit: tenantId } = now;
          // As a runner does: after a failure nothing is decided until all before it is settled.
          if (next.get(tenantId) === 0) {
            if ((unsettled.get(tenantId) ?? 0) > 0) continue;
            next.set(tenantId, fresh(tenantId));
          }
          const seq = next.get(tenantId) ?? 1;
          next.set(tenantId, seq + 1);
          const it = unit(tenantId, seq, { popId: "p", bootId: "b", seq: ++position, link });
          positions.set(`${tenantId} ${seq}`, position);
          unsettled.set(tenantId, (unsettled.get(tenantId) ?? 0) + 1);
          committer.commit(it, () => next.set(tenantId, 0)).catch(() => {})
            .finally(() => unsettled.set(tenantId, unsettled.get(tenantId)! - 1));
        }
        if ("change" in now) {
          classes.set(now.change, classes.get(now.change) === "zone" ? "region" : "zone");
        }
        if ("end" in now) open.splice(now.end % Math.max(open.length, 1), 1)[0]?.end(now.ok);
        if ("pause" in now) committer.pause();
        if ("resume" in now) committer.resume();
        await settle();
        for (const tenantId of ["a", "b", "c"]) {
          const seqs = written.map((it) => it.unit).filter((it) => it.tenantId === tenantId)
            .map((it) => it.firstSeq);
          assert.deepEqual(seqs, seqs.map((_, i) => i + 1));
        }
        const stored = Math.max(0, ...written.map(({ unit: u }) => u.popPosition?.seq ?? 0));
        const done = new Set(written.map(({ unit: u }) => `${u.tenantId} ${u.firstSeq}`));
        for (const [of, at] of link.broken ? [] : positions) {
          assert.ok(at > stored || done.has(of), "a stored position covers only what is written");
        }
      }
      committer.resume();
      await settle();
      for (let i = 0; i < 200 && open.length > 0; i++) {
        open.shift()!.end(true);
        await settle();
      }
      await committer.idle();
      assert.deepEqual([...unsettled.values()].filter((n) => n > 0), [], "nobody is left waiting");
    }),
    { numRuns: 500 },
  );
});
