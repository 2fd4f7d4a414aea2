import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { Marks } from "./marks.ts";

Deno.test("marks keep what happened when", () => {
  let now = 10;
  const marks = new Marks(() => now++);
  marks.mark("offer-shown", "a");
  marks.mark("first-audio", "a", 4.5);
  deepStrictEqual(marks.list(), [
    { name: "offer-shown", id: "a", at: 10 },
    { name: "first-audio", id: "a", at: 4.5 },
  ]);
});

Deno.test("marks forget the oldest past a thousand", () => {
  const marks = new Marks(() => 0);
  for (let i = 0; i < 1_001; i++) marks.mark("leg-joined", String(i));
  strictEqual(marks.list().length, 1_000);
  strictEqual(marks.list()[0]?.id, "1");
});
