import assert from "node:assert/strict";
import { readClusterOptions } from "./read_cluster_options.ts";

Deno.test("readClusterOptions() reads a verb, a cluster and where to", () => {
  const options = readClusterOptions(["switch", "E39", "--to", "us-east", "--json"], "anna");
  assert.deepEqual(
    [options.verb, options.cluster, options.to, options.json, options.by],
    ["switch", "E39", "us-east", true, "anna"],
  );
  assert.equal(readClusterOptions(["status"], "anna").cluster, undefined);
  assert.equal(readClusterOptions(["--help"], "anna").help, true);
  const promote = readClusterOptions(["promote", "C14", "--to=us-east", "--accept-loss"], "x");
  assert.equal(promote["accept-loss"], true);
});

Deno.test("readClusterOptions() names what does not fit", () => {
  for (
    const [args, message] of [
      [[], /verb: say what to do: status/],
      [["dance"], /verb: say what to do/],
      [["switch", "E39"], /to: name the site/],
      [["drill"], /cluster: name it/],
      [["drill", "E39", "--to", "us-east"], /drill takes none/],
      [["switch", "E39", "--to", "us-east", "--accept-loss"], /only promote/],
      [["switch", "e39", "--to", "us-east"], /a letter and digits/],
      [["status", "E39", "C14"], /What is C14/],
      [["status", "--force"], /--force/],
    ] as const
  ) {
    assert.throws(() => readClusterOptions(args, "anna"), { code: "invalid_request", message });
  }
});
