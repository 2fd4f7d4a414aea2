import assert from "node:assert/strict";
import { judge } from "../checker/judge.ts";
import { goodHistory } from "../checker/testing/good_history.ts";
import { withTable } from "./document_table.ts";
import { formatRow } from "./format_row.ts";
import { readResults } from "./read_results.ts";
import type { Row } from "./row.ts";
import { storeRows } from "./store_rows.ts";
import { summary } from "./summary.ts";

const RUN = {
  ...{ faultAt: 5_000, failoverMs: 3_000, messages: 10, replies: 10 },
  ...{ ticks: 10, waiting: 2, newCalls: 10 },
};
const ROW: Row = {
  ...judge(goodHistory(RUN)),
  ...{ scenario: "region-lost", run: 1, from: "eu-central", to: "us-east", stepsLost: 0 },
  ...{ inSyncMs: 9_000, caughtUpMs: 200, rtpBetweenRegions: 0, notes: ["5 ms: thawed"] },
  broken: [],
};
const MACHINE = { cpu: "Some CPU", cores: 2, memoryGiB: 8, os: "linux 6", deno: "2.9" };
const PLACE = "Before.\n<!-- measured: written by `deno task lab --store` -->\nold\n" +
  "<!-- end of measured -->\nAfter.\n";

Deno.test("formatRow() tells what was kept, what was broken and what happened", () => {
  assert.match(formatRow(ROW), /^region-lost \(run 1\): kept, eu-central → us-east, epochs 1, 2\n/);
  assert.match(formatRow(ROW), /- 5 ms: thawed/);
  const broken = formatRow({ ...ROW, agentWorkingMs: null, broken: ["lost 2"] });
  assert.match(broken, /BROKEN.*working after never.*! lost 2/s);
});

Deno.test("summary() gives middle, 99th percentile and worst of each scenario's times", () => {
  const rows = [3000, 1000, 2000].map((newCallAnsweredMs) => ({ ...ROW, newCallAnsweredMs }));
  const [line] = summary(rows).map((text) => JSON.parse(text));
  assert.deepEqual(line.newCallAnsweredMs, { p50: 2000, p99: 3000, max: 3000 });
  assert.deepEqual([line.runs, line.broken], [3, 0]);
});

Deno.test("rows are stored by scenario, and a document's table is made of what is stored", async () => {
  const folder = await Deno.makeTempDir();
  const date = "2026-11-21T18:00:00.000Z";
  const rows = [ROW, { ...ROW, run: 2, newCallAnsweredMs: 4444, broken: ["lost 1"], lost: 1 }];
  await storeRows(folder, rows, { date, machine: MACHINE });
  await storeRows(folder, rows, { date, machine: MACHINE });
  const results = await readResults(folder);
  await Deno.remove(folder, { recursive: true });
  assert.deepEqual(results.map((it) => [it.scenario, it.rows.length]), [["region-lost", 2]]);
  const text = withTable(PLACE, results);
  assert.equal(withTable(text, results), text);
  assert.match(text, /^Before\.\n<!--/);
  assert.match(text, /\| region-lost × 2 \| 4 \| 0 \| 0 \|/);
  assert.match(text, /at most 4444 .* 1 of 2 runs broke one \| 2026-11-21, 2 × Some CPU \|/);
  assert.ok(!text.includes("old"));
  assert.throws(() => withTable("nothing", results), /no place/);
});
