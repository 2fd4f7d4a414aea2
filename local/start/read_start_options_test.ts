import assert from "node:assert/strict";
import { readStartOptions } from "./read_start_options.ts";

Deno.test("readStartOptions() has a default for everything", () => {
  const options = readStartOptions([]);
  assert.deepEqual(
    [options["port-base"], options.data, options.seed, options.json],
    [7000, ".antiphon", true, false],
  );
});

Deno.test("readStartOptions() reads what is given", () => {
  const options = readStartOptions([
    ...["--port-base", "9000", "--data=/tmp/x", "--no-seed", "--json"],
    ...["--extra-sip", "udp:10.0.0.1:5060"],
  ]);
  assert.deepEqual([options["port-base"], options.seed], [9000, false]);
  assert.deepEqual(options["extra-sip"], ["udp:10.0.0.1:5060"]);
});

Deno.test("readStartOptions() names what does not fit", () => {
  for (
    const args of [["--port-base", "x"], ["--port-base", "10000"], ["--extra-sip", "10.0.0.1"], [
      "--what",
    ], ["stray"]]
  ) {
    assert.throws(() => readStartOptions(args), { code: "invalid_request" });
  }
});
