import { strictEqual } from "node:assert/strict";
import { variableLabel } from "./variable_label.ts";

Deno.test("variable label reads like words", () => {
  strictEqual(variableLabel("customerNumber"), "Customer number");
  strictEqual(variableLabel("order_id"), "Order id");
  strictEqual(variableLabel("languageISO"), "Language ISO");
  strictEqual(variableLabel("--"), "--");
});
