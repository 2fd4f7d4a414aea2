import assert from "node:assert/strict";
import { createLogger } from "./logger.ts";

Deno.test("createLogger() writes one JSON line with inherited facts", () => {
  const lines: string[] = [];
  const log = createLogger({ service: "pop", now: () => 0, write: (l) => lines.push(l) })
    .with({ popId: "FRA" });
  log.info("call.refused", { reason: "unknown_source" });
  assert.deepEqual(lines.map((l) => JSON.parse(l)), [{
    at: "1970-01-01T00:00:00.000Z",
    level: "info",
    service: "pop",
    event: "call.refused",
    popId: "FRA",
    reason: "unknown_source",
  }]);
});

Deno.test("createLogger() drops lines below its level and spells out errors", () => {
  const lines: string[] = [];
  const log = createLogger({ service: "x", level: "warn", write: (l) => lines.push(l) });
  log.info("quiet");
  log.error("loud", { error: new RangeError("too far") });
  assert.equal(lines.length, 1);
  assert.equal(JSON.parse(lines[0]).error.message, "too far");
});
