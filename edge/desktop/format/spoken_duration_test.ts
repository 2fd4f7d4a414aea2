import { strictEqual } from "node:assert/strict";
import { spokenDuration } from "./spoken_duration.ts";

Deno.test("spoken duration names the two largest units", () => {
  strictEqual(spokenDuration(7_000), "7 seconds");
  strictEqual(spokenDuration(61_000), "1 minute 1 second");
  strictEqual(spokenDuration(3_723_000), "1 hour 2 minutes");
  strictEqual(spokenDuration(-1), "0 seconds");
});
