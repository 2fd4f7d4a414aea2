import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate } from "../evaluate.ts";
import { EXAMPLE_SCOPE } from "../testing/example_scope.ts";
import type { Value } from "../value.ts";

const value = (source: string, more = {}) => evaluate(source, { ...EXAMPLE_SCOPE, ...more });

function expect(cases: readonly (readonly [string, Value])[]): void {
  for (const [source, expected] of cases) assert.deepEqual(value(source), expected, source);
}

Deno.test("filters of text count characters, not code units", () => {
  expect([
    ['"😀bc" | first', "😀"],
    ['"bc😀" | last', "😀"],
    ['"" | last', ""],
    ['"😀b" | reverse', "b😀"],
    ['"😀b" | length', 2],
    ['"😀b" | mask(1)', "*b"],
    ['"😀😀😀😀😀" | abbreviate(4)', "😀..."],
    ['"12" | mask', "12"],
    ['"éa ña" | title', "Éa Ña"],
    ['"a\\tb" | digits', "a b"],
    ['"it\'s (a) ~*!" | urlencode', "it%27s+%28a%29+%7E*%21"],
    ['"a.b" | split(".") | length', 2],
    ['"aab" | replace({"a": "b", "b": "c", "": "x"})', "ccc"],
    ['"_-8=" | base64encode | base64decode', "_-8="],
  ]);
});

Deno.test("base64 comes back, and escape leaves nothing of HTML", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (note) => {
    const scope = { variables: { note } };
    assert.equal(value("note | base64encode | base64decode", scope), note);
    assert.doesNotMatch(String(value("note | escape", scope)), /[<>"']/);
  }));
});

Deno.test("round goes away from 0 at the half, as it is written", () => {
  expect([
    ["2.5 | round", 3],
    ["-2.5 | round", -3],
    ["1.005 | round(2)", 1.01],
    ["(0.1 + 0.2) | round(1)", 0.3],
    ["1234567890123456 | round(2)", 1234567890123456],
    ["1e21 | round(2)", 1e21],
    ["1e-9 | round(3)", 0],
    ["' 12 ' | number", 12],
    ["'' | number", null],
  ]);
});

Deno.test("dates move on the tenant's wall clock", () => {
  const moved = (source: string) => String(value(source));
  const before = '"2026-03-28T02:30" | todate';
  assert.equal(moved(before), "2026-03-28T01:30:00Z");
  assert.equal(moved(`${before} | plus(days=1)`), "2026-03-29T01:30:00Z");
  assert.equal(moved(`${before} | plus(hours=24)`), "2026-03-29T01:30:00Z");
  assert.equal(moved('"2026-03-28T12:00" | plus(days=1)'), "2026-03-29T10:00:00Z");
  assert.equal(moved('"2026-03-28T12:00" | plus(hours=24)'), "2026-03-29T11:00:00Z");
  assert.equal(moved('"2026-01-31" | plus(months=1) | date("MM-dd")'), "02-28");
  assert.equal(moved("0 | todate"), "1970-01-01T00:00:00Z");
  assert.equal(value("'' | todate"), null);
});

Deno.test("dates and numbers are written in the tenant's language", () => {
  const german = { language: "de-DE" };
  assert.equal(value("dueAt | localdate('long')", german), "29. März 2026");
  assert.equal(value("dueAt | localtime", german), "14:30");
  assert.equal(value("1234.5 | numberformat('#,##0.00')", german), "1.234,50");
});

Deno.test("phone reads national numbers by region, and nothing else", () => {
  expect([
    ["'+1 (212) 555-0123' | phone('e164')", "+12125550123"],
    ["'sip:+4969900100' | phone", "+49 69 900100"],
    ["'tel:+4969900100' | phone('national')", "069 900100"],
    ["'112233445566778899' | phone", null],
    ["'' | phone", null],
  ]);
  assert.equal(value("'2125550123' | phone('e164')", { region: "US" }), "+12125550123");
  assert.equal(value("'069900100' | phone", { region: null }), null);
  assert.equal(value("'+4969900100' | phone", { region: "no country" }), "+49 69 900100");
});

Deno.test("path reads names and indices, and never more than there is", () => {
  expect([
    ["order | path('$')", value("order")],
    ["order | path('$.items[-1].sku')", "y2"],
    [`order | path("$['items'][0]['count']")`, 2],
    ["order | path('$.items.sku')", null],
    ["order | path('$.__proto__.constructor')", null],
    ["order | path('$.id.length')", null],
    ["missing | path('$.a')", null],
  ]);
  for (const bad of ["", "id", "$.", "$..id", "$[*]", "$[1", "$ .id"]) {
    assert.throws(() => value(`order | path('${bad}')`), { code: "expression_failed" }, bad);
  }
});

Deno.test("filters of lists", () => {
  expect([
    ["[] | first", null],
    ["[] | last", null],
    ["[1, null, true] | join('/')", "1//true"],
    ["['b', 'a'] | sort", ["a", "b"]],
    ["[1, 2, 3, 4] | slice(1, -1)", [2, 3]],
    ["[1] | slice(5)", []],
    ["{a: 1} | length", 1],
    ["missing | length", 0],
    ["missing | json", "null"],
    ["false | default(1)", false],
    ["0 | default(1)", 0],
    ["range(3, 1)", []],
    ["range(0, 10, 5)", [0, 5, 10]],
  ]);
});

Deno.test("a list keeps its order when it is sorted or turned", () => {
  assert.deepEqual(value("[order.items | reverse, order.items][1][0].sku"), "x1");
});
