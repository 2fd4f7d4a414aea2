import assert from "node:assert/strict";
import { join } from "node:path";
import type { KeeperAudit } from "../../../protocol/keeper/keeper_audit.ts";
import { AuditLog } from "./audit_log.ts";

function entry(term: number): KeeperAudit {
  return {
    at: 1_700_000_000_000 + term,
    clusterId: "E39",
    site: "eu-central",
    event: "lease-acquired",
    by: "keeper",
    term,
    epoch: null,
    facts: { n: term },
  };
}

Deno.test("the audit log keeps entries in order, over a crash in the middle of one", async () => {
  const folder = await Deno.makeTempDir();
  const first = await AuditLog.open(join(folder, "E39"));
  await Promise.all([1, 2, 3].map((term) => first.add(entry(term))));
  const path = join(folder, "E39", "audit.jsonl");
  await Deno.writeTextFile(path, '{"at": 17', { append: true });
  const second = await AuditLog.open(join(folder, "E39"));
  await second.add(entry(4));
  assert.deepEqual((await AuditLog.open(join(folder, "E39"))).entries, [1, 2, 3, 4].map(entry));
  await Deno.remove(folder, { recursive: true });
});
