import assert from "node:assert/strict";
import type { CommitUnit } from "../../log/commit_unit.ts";
import { TraceFeeds } from "./trace_feeds.ts";

const unit = (tenantId: string, ids: string[], ended: string[] = []) =>
  ({
    tenantId,
    traces: ids.map((interactionId) => ({ interactionId })),
    ended: ended.map((id) => ({ id })),
  }) as unknown as CommitUnit;

Deno.test("TraceFeeds tells followers of an interaction, once a commit, and of its end", () => {
  const feeds = new TraceFeeds();
  const told: string[] = [];
  const stop = feeds.follow("a", "1", () => told.push("a1"));
  const stopTwo = feeds.follow("a", "2", () => told.push("a2"));
  feeds.follow("b", "1", () => told.push("b1"));
  feeds.committed(unit("a", ["1", "1"]));
  feeds.committed(unit("b", ["2"]));
  feeds.committed(unit("a", [], ["2"]));
  assert.deepEqual(told, ["a1", "a2"]);
  assert.deepEqual([feeds.count("a"), feeds.count("b")], [2, 1]);
  stop();
  stop();
  assert.equal(feeds.count("a"), 1);
  feeds.committed(unit("a", ["1"]));
  stopTwo();
  assert.deepEqual([told.length, feeds.count("a")], [2, 0]);
});
