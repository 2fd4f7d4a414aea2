import assert from "node:assert/strict";
import { speechNote } from "./speech_note.ts";

Deno.test("speechNote() says in one line that there is no speech engine", async () => {
  assert.equal(await speechNote("true"), null);
  for (const program of ["false", "/nowhere/espeak-ng"]) {
    assert.match((await speechNote(program))!, /is not installed/);
  }
});
