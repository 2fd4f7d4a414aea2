import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { readPhoneOptions } from "./phone_options.ts";

Deno.test("readPhoneOptions() reads a command line with its defaults", () => {
  const options = readPhoneOptions(["--to", "+4969900100", "--sip", "127.0.0.1:5060", "--json"]);
  assert.equal(options.to, "+4969900100");
  assert.deepEqual([options.transport, options.tone, options.json], ["udp", 440, true]);
});

Deno.test("readPhoneOptions() names what does not fit", () => {
  const wrong = [
    ["--sip", "127.0.0.1:5060"],
    ["--to", "1", "--sip", "nowhere"],
    ["--to", "1", "--sip", "h:1", "--digits", "x"],
    ["--to", "1", "--sip", "h:1", "--what"],
  ];
  for (const args of wrong) assert.throws(() => readPhoneOptions(args), AntiphonError);
});
