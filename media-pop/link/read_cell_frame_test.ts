import assert from "node:assert/strict";
import fc from "fast-check";
import { readCellFrame } from "./read_cell_frame.ts";

Deno.test("readCellFrame() reads frames and finds the id of unfit commands", () => {
  assert.deepEqual(readCellFrame('{"type":"pong"}'), { ok: true, frame: { type: "pong" } });
  const unfit = readCellFrame('{"type":"command","commandId":"a","command":{}}');
  assert.deepEqual(unfit, { ok: false, commandId: "a" });
  for (const data of ["", "null", "[]", "{", '{"type":"command","commandId":7}', 5, null]) {
    assert.deepEqual(readCellFrame(data), { ok: false, commandId: null });
  }
});

Deno.test("readCellFrame() never throws", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (data) => void readCellFrame(data)));
});
