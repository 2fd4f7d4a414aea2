import assert from "node:assert/strict";
import fc from "fast-check";
import { DateValue } from "./date_value.ts";
import { datePatternProblem, formatDate } from "./format_date.ts";

const at = (iso: string) => new DateValue(Date.parse(iso));

Deno.test("formatDate() writes Java's letters on the wall clock of the zone", () => {
  const cases = {
    "yyyy-MM-dd HH:mm:ss.SSS": "2026-03-08 00:05:09.042",
    "yy M d": "26 3 8",
    "h:mm a": "12:05 AM",
    "kk KK hh": "24 00 12",
    "EEE EEEE": "Sun Sunday",
    "MMM MMMM LLLL": "Mar March March",
    "D DDD e": "67 067 7",
    "X XX XXX Z": "-05 -0500 -05:00 -0500",
    "'at' d 'o''clock' ''": "at 8 o'clock '",
    "z VV": "EST America/New_York",
  };
  for (const [pattern, expected] of Object.entries(cases)) {
    const date = at("2026-03-08T05:05:09.042Z");
    assert.equal(formatDate(date, pattern, "America/New_York", "en-US"), expected, pattern);
  }
  assert.equal(formatDate(at("2026-03-08T12:00Z"), "XXX", "UTC", "en-US"), "Z");
  assert.equal(
    formatDate(at("2026-01-05T12:00Z"), "EEEE, d. MMMM", "UTC", "de-DE"),
    "Montag, 5. Januar",
  );
  assert.equal(formatDate(at("2026-03-01T12:00Z"), "XXX", "Asia/Kolkata", "en-US"), "+05:30");
});

Deno.test("formatDate() follows the change of clocks", () => {
  const hour = (iso: string) => formatDate(at(iso), "HH:mm XXX", "Europe/Berlin", "en-US");
  assert.equal(hour("2026-03-29T00:59:00Z"), "01:59 +01:00");
  assert.equal(hour("2026-03-29T01:00:00Z"), "03:00 +02:00");
});

Deno.test("datePatternProblem() knows every pattern that formatDate() takes", () => {
  assert.match(datePatternProblem("YYYY")!, /YYYY/);
  assert.match(datePatternProblem("yyyyy")!, /yyyyy/);
  assert.match(datePatternProblem("d 'of")!, /not closed/);
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."yMdHhmsSaEzXDZ'- :q"), maxLength: 20 }),
      (pattern) => {
        const write = () => formatDate(new DateValue(0), pattern, "UTC", "en-US");
        if (datePatternProblem(pattern)) assert.throws(write, { code: "expression_failed" });
        else write();
      },
    ),
  );
});
