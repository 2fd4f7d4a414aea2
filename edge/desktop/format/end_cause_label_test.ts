import { strictEqual } from "node:assert/strict";
import { endCauseLabel } from "./end_cause_label.ts";

Deno.test("end cause is put in plain words", () => {
  strictEqual(endCauseLabel("caller-hung-up"), "The caller hung up");
  strictEqual(endCauseLabel("idle-too-long"), "Ended: idle too long");
  strictEqual(endCauseLabel(null), "The interaction has ended");
});
