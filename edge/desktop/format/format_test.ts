import assert from "node:assert/strict";
import { contactLabel } from "./contact_label.ts";
import { duration } from "./duration.ts";

Deno.test("duration() writes minutes and seconds, and hours when there are any", () => {
  assert.deepEqual([-5, 7_400, 725_000, 3_729_000].map(duration), [
    "0:00",
    "0:07",
    "12:05",
    "1:02:09",
  ]);
});

Deno.test("contactLabel() groups telephone numbers and leaves other addresses alone", () => {
  assert.equal(contactLabel("+4930123456"), "+49 301 234 56");
  assert.equal(contactLabel("4915112345678"), "+49 151 123 456 78");
  assert.equal(contactLabel("anonymous"), "anonymous");
});
