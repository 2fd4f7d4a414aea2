import assert from "node:assert/strict";
import fc from "fast-check";
import { readCalledNumber } from "./read_called_number.ts";

const known = (number: string) => number === "+4969900100";

Deno.test("readCalledNumber() takes the forms in which carriers write a number", () => {
  const forms = ["+4969900100", "004969900100", "0114969900100", "4969900100", "+49-69-900.100"];
  for (const form of [...forms, "+4969900100;npdi;rn=123"]) {
    assert.equal(readCalledNumber(form, known), "+4969900100", form);
  }
});

Deno.test("readCalledNumber() finds nothing for other numbers and for words", () => {
  for (const form of ["+4969900101", "069900100", "alice", "", "+", "+0"]) {
    assert.equal(readCalledNumber(form, known), null, form);
  }
});

Deno.test("readCalledNumber() only ever gives E.164", () => {
  fc.assert(fc.property(fc.string(), (user) => {
    const number = readCalledNumber(user, () => true);
    assert.ok(number === null || /^\+[1-9][0-9]{2,14}$/.test(number));
  }));
});
