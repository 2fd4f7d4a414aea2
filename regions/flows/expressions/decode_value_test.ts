import assert from "node:assert/strict";
import fc from "fast-check";
import { storableText } from "../../../protocol/text/storable_text.ts";
import { DateValue } from "./date_value.ts";
import { decodeValue } from "./decode_value.ts";
import { encodeValue } from "./encode_value.ts";
import { LIMITS } from "./limits.ts";
import type { Value } from "./value.ts";

const failing = { code: "expression_failed" };

Deno.test("values come back from their stored text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (it) => same("text", storableText(it))));
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (it) => same("number", it + 0),
    ),
  );
  fc.assert(fc.property(fc.boolean(), (it) => same("boolean", it)));
  const years = { min: -62_135_596_800_000, max: 253_402_214_400_000 };
  fc.assert(fc.property(fc.integer(years), (at) => same("date", new DateValue(at))));
  fc.assert(
    fc.property(
      fc.jsonValue({ noUnicodeString: false }),
      (it) => same("json", JSON.parse(JSON.stringify(it))),
    ),
  );
});

function same(type: Parameters<typeof encodeValue>[0], value: unknown) {
  assert.deepEqual(decodeValue(type, encodeValue(type, value as Value)), value);
}

Deno.test("blank text is nothing, but for text", () => {
  for (const type of ["number", "boolean", "date", "json"] as const) {
    assert.equal(decodeValue(type, " "), null);
    assert.equal(encodeValue(type, null), "");
  }
  assert.equal(decodeValue("text", " "), " ");
  assert.equal(encodeValue("text", null), "");
  assert.equal(encodeValue("text", "a\0\uD800b"), "a\uFFFDb");
});

Deno.test("a date without an offset is local time", () => {
  assert.equal(String(decodeValue("date", "2026-03-29", "Europe/Berlin")), "2026-03-28T23:00:00Z");
  assert.equal(String(decodeValue("date", "2026-03-29T12:00+05:30")), "2026-03-29T06:30:00Z");
  assert.equal(encodeValue("date", "2026-07-01 08:00", "Europe/Berlin"), "2026-07-01T06:00:00Z");
});

Deno.test("text that does not fit its type is expression_failed", () => {
  const misfits = [["number", "12a"], ["number", "0x10"], ["number", "1e999"], [
    "number",
    "Infinity",
  ]]
    .concat([["boolean", "yes"], ["date", "tomorrow"], ["date", "2026-13-01"], ["date", "12:00"]])
    .concat([["date", "+020000-01-01T00:00Z"], ["json", "{a:1}"], ["json", '"'], [
      "json",
      "[1e999]",
    ]])
    .concat([["json", "-1" + "0".repeat(400)], ["date", "2026-03-29T12:00+02:00[Europe/Berlin]"]])
    .concat([["date", "2026-03-29T12:00[Asia/Tokyo]"], ["date", "2026-03-29T12:00+02:00:00"]]);
  for (const [type, text] of misfits) {
    assert.throws(() => decodeValue(type as "json", text), failing, `${type} ${text}`);
  }
});

Deno.test("a value of another kind is expression_failed", () => {
  const misfits = [["number", "12"], ["number", true], ["boolean", 1], ["date", 12], ["date", "x"]];
  for (const [type, value] of misfits) {
    assert.throws(() => encodeValue(type as "date", value as Value), failing, `${type} ${value}`);
  }
  assert.equal(
    encodeValue("text", [1, { a: new DateValue(0) }]),
    '[1,{"a":"1970-01-01T00:00:00Z"}]',
  );
});

Deno.test("long texts and deep JSON are expression_limit", () => {
  const limit = { code: "expression_limit" };
  const long = "x".repeat(LIMITS.textLength + 1);
  assert.throws(() => decodeValue("text", long), limit);
  assert.throws(() => encodeValue("text", long), limit);
  assert.throws(() => decodeValue("json", "[".repeat(33) + "]".repeat(33)), limit);
  assert.equal(
    decodeValue("json", JSON.stringify("[".repeat(99) + '\\"{')),
    "[".repeat(99) + '\\"{',
  );
});

Deno.test("JSON keeps large exponents that fit", () => {
  assert.deepEqual(decodeValue("json", '{"a":[1e300,"1e999"]}'), { a: [1e300, "1e999"] });
});
