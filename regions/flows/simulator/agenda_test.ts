import assert from "node:assert/strict";
import { Agenda } from "./agenda.ts";

Deno.test("an agenda gives out what is next, of one time what was added first", () => {
  const agenda = new Agenda();
  const done: string[] = [];
  assert.deepEqual([agenda.next, agenda.take(), agenda.busy], [Infinity, undefined, false]);
  agenda.add(5, () => done.push("b"), false);
  assert.equal(agenda.busy, false);
  agenda.add(3, () => done.push("a"));
  agenda.add(5, () => done.push("c"));
  assert.deepEqual([agenda.next, agenda.busy], [3, true]);
  for (let take = agenda.take(); take; take = agenda.take()) take();
  assert.deepEqual(done, ["a", "b", "c"]);
});
