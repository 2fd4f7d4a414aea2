import assert from "node:assert/strict";
import { monotonicMs } from "./monotonic_ms.ts";

Deno.test({
  name: "monotonicMs() is the machine's uptime clock and never goes back",
  ignore: Deno.build.os !== "linux",
  fn() {
    const times = Array.from({ length: 1000 }, () => monotonicMs());
    assert.ok(times.every((time, i) => i === 0 || time >= times[i - 1]));
    assert.ok(Math.abs(times[0] / 1000 - Deno.osUptime()) < 5);
  },
});
