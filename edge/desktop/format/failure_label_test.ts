import { match, strictEqual } from "node:assert/strict";
import { failureLabel } from "./failure_label.ts";

Deno.test("a message's failure is put in plain words", () => {
  match(failureLabel("outcome-unknown")!, /not known whether this was delivered/);
  strictEqual(failureLabel("window_closed"), "window closed");
  strictEqual(failureLabel(null), null);
});
