import assert from "node:assert/strict";
import { evenDelay } from "./even_delay.ts";

Deno.test("evenDelay() fills every refusal up to a round time", () => {
  const totals = [0, 3, 120, 499, 500, 501, 740].map((elapsed) => elapsed + evenDelay(elapsed));
  assert.deepEqual(totals, [500, 500, 500, 500, 500, 750, 750]);
});
