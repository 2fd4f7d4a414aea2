import assert from "node:assert/strict";
import { VirtualClock } from "./virtual_clock.ts";

Deno.test("VirtualClock runs callbacks in order of time and honours cancelling", () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.schedule(20, () => ran.push(`b${clock.now()}`));
  clock.schedule(10, () => {
    ran.push(`a${clock.now()}`);
    clock.schedule(5, () => ran.push(`c${clock.now()}`));
  });
  clock.schedule(12, () => ran.push("never"))();
  clock.advance(30);
  assert.deepEqual(ran, ["a10", "c15", "b20"]);
  assert.equal(clock.now(), 30);
  assert.equal(clock.pending, 0);
});
