import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { telephoneNumber } from "./telephone_number.ts";

Deno.test("telephone number is grouped after its country code", () => {
  strictEqual(telephoneNumber("+4969900200"), "+49 699 002 00");
  strictEqual(telephoneNumber("+12025550142"), "+1 202 555 0142");
  strictEqual(telephoneNumber("+352621123456"), "+352 621 123 456");
  strictEqual(telephoneNumber("4915112345678"), "+49 151 123 456 78");
});

Deno.test("telephone number leaves other addresses alone", () => {
  strictEqual(telephoneNumber("anonymous"), "anonymous");
  strictEqual(telephoneNumber("+49"), "+49");
});

Deno.test("telephone number loses no digit", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+[1-9][0-9]{6,14}$/), (number) => {
      return telephoneNumber(number).replaceAll(" ", "") === number;
    }),
  );
});
