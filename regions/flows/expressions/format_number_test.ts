import assert from "node:assert/strict";
import fc from "fast-check";
import { formatNumber, numberPatternProblem } from "./format_number.ts";

Deno.test("formatNumber() writes by a pattern in a language", () => {
  const cases: [number, string, string, string][] = [
    [1234567.891, "#,##0.00", "en-US", "1,234,567.89"],
    [1234567.891, "#,##0.00", "de-DE", "1.234.567,89"],
    [1234.5, "0", "en-US", "1234"],
    [1234.5, "0.00", "en-US", "1234.50"],
    [7, "000", "en-US", "007"],
    [0.5, "0.##", "en-US", "0.5"],
    [-12.3, "€0.00", "en-US", "-€12.30"],
    [-0.001, "0.00", "en-US", "0.00"],
    [0.256, "0.0%", "en-US", "25.6%"],
    [2.5, "0", "en-US", "2"],
    [12, "0 pieces", "en-US", "12 pieces"],
    [1234, "#,##0", "ar-EG", "1,234"],
  ];
  for (const [value, pattern, language, expected] of cases) {
    assert.equal(formatNumber(value, pattern, language), expected, `${value} ${pattern}`);
  }
});

Deno.test("numberPatternProblem() knows every pattern that formatNumber() takes", () => {
  for (const bad of ["", "x", "0.0.0", "0#.0", "0,", "#".repeat(200)]) {
    assert.ok(numberPatternProblem(bad), bad);
    assert.throws(() => formatNumber(1, bad, "en-US"), { code: "expression_failed" }, bad);
  }
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."#0,.% x"), maxLength: 12 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (pattern, value) => {
        if (!numberPatternProblem(pattern)) formatNumber(value, pattern, "en-US");
      },
    ),
  );
  assert.throws(() => formatNumber(1, "0", "no language"), { code: "expression_failed" });
});
