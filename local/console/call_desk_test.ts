import assert from "node:assert/strict";
import { CallDesk, type CallLine } from "./call_desk.ts";

const call = { to: "+4969900100", sip: "127.0.0.1:1", digits: "1", seconds: 5 };

Deno.test("CallDesk tells how a call goes, and lets one go on at a time", async () => {
  const lines: CallLine[] = [];
  const desk = new CallDesk((line) => lines.push(line), async function* (_root, _call, signal) {
    yield { event: "ringing", at: 1, afterMs: 12 };
    yield { event: "heard", at: 2 };
    if (!signal.aborted) await new Promise((end) => signal.addEventListener("abort", end));
    yield { event: "ended", at: 3, endedBy: "local_bye" };
  });
  desk.place(call);
  assert.throws(() => desk.place(call), { code: "conflict" });
  await desk.hangUp();
  assert.deepEqual(lines.map((line) => line.text), [
    "It rings after 12 ms",
    "Ended: hung up here",
  ]);
  desk.place(call);
  await desk.hangUp();
  assert.equal(lines.length, 4);
});

Deno.test("CallDesk tells when the phone cannot be run", async () => {
  const lines: CallLine[] = [];
  // deno-lint-ignore require-yield
  const desk = new CallDesk((line) => lines.push(line), async function* () {
    await Promise.resolve();
    throw new Error("no phone");
  });
  desk.place(call);
  await desk.hangUp();
  assert.deepEqual(lines.map((line) => [line.event, line.text]), [["failed", "no phone"]]);
});
