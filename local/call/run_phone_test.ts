import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describePhoneLine } from "./describe_phone_line.ts";
import { readCallOptions } from "./read_call_options.ts";
import { runPhone } from "./run_phone.ts";

const phone = fileURLToPath(new URL("./testing/phone_double.ts", import.meta.url));
const call = { to: "+4969900100", sip: "127.0.0.1:7060", digits: "1", seconds: 60 };
const idle = new AbortController().signal;

Deno.test("runPhone() yields the call's lines to its end", async () => {
  const lines = await Array.fromAsync(runPhone("/", { ...call, seconds: 0 }, idle, phone));
  assert.deepEqual(lines.map((line) => line.event), [
    ...["calling", "ringing", "heard", "answered", "ended", "summary"],
  ]);
  assert.deepEqual([lines[5].sip, lines[5].digits], ["127.0.0.1:7060", "1"]);
});

Deno.test("runPhone() hangs up when it is aborted or left", async () => {
  const abort = new AbortController();
  const events: (string | undefined)[] = [];
  for await (const line of runPhone("/", call, abort.signal, phone)) {
    events.push(line.endedBy ?? line.event);
    if (line.event === "answered") abort.abort();
  }
  assert.deepEqual(events.slice(-2), ["local_bye", "summary"]);
  for await (const line of runPhone("/", call, idle, phone)) {
    if (line.event === "answered") break;
  }
});

Deno.test("runPhone() tells when the phone ends without a word", async () => {
  const lines = await Array.fromAsync(runPhone("/", { ...call, to: "+490" }, idle, phone));
  assert.equal(lines.at(-1)!.event, "failed");
  assert.match(lines.at(-1)!.message!, /code 3/);
});

Deno.test("describePhoneLine() has words for what a person wants to know", () => {
  const words = (line: Record<string, unknown>) => describePhoneLine({ event: "", at: 0, ...line });
  assert.equal(words({ event: "ringing", afterMs: 12 }), "It rings after 12 ms");
  assert.equal(words({ event: "queued" }), "In the queue: hold music is heard");
  assert.equal(words({ event: "heard", level: -20 }), undefined);
  assert.equal(words({ event: "ended", endedBy: "remote_bye" }), "Ended: hung up there");
  assert.equal(
    words({ event: "ended", endedBy: "failed", status: 503, reason: "Service Unavailable" }),
    "Ended: Service Unavailable (503)",
  );
  assert.equal(
    words({ event: "failed", message: "No route" }),
    "The call could not be placed. No route",
  );
});

Deno.test("readCallOptions() has defaults and names what does not fit", () => {
  const options = readCallOptions([]);
  assert.deepEqual([options.digit, options.pop, options.to], ["1", "FRA", undefined]);
  assert.equal(readCallOptions(["--to", "+4969900100", "--digit", "2"]).digit, "2");
  for (const args of [["--to", "12"], ["--digit", "x"], ["--pop", "LON"], ["--what"]]) {
    assert.throws(() => readCallOptions(args), { code: "invalid_request" });
  }
});
