import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { readCalledOptions } from "./called_options.ts";

Deno.test("readCalledOptions() reads a command line with its defaults", () => {
  const plain = readCalledOptions([]);
  assert.deepEqual([plain.answer, plain.ring, plain.transport, plain.talk], [200, 1000, "udp", 0]);
  const busy = readCalledOptions(["--answer", "486", "--ring", "none", "--early"]);
  assert.deepEqual([busy.answer, busy.ring, busy.early], [486, null, true]);
  assert.equal(readCalledOptions(["--answer", "none"]).answer, null);
});

Deno.test("readCalledOptions() names what does not fit", () => {
  const wrong = [
    ["--answer", "201"],
    ["--answer", "700"],
    ["--local", "x"],
    ["--port", "70000"],
    ["--what"],
  ];
  for (const args of wrong) assert.throws(() => readCalledOptions(args), AntiphonError);
});
