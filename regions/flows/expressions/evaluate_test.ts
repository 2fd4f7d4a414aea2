import assert from "node:assert/strict";
import { evaluate } from "./evaluate.ts";
import { isTrue } from "./is_true.ts";
import { renderTemplate } from "./render_template.ts";
import { EXAMPLE_SCOPE } from "./testing/example_scope.ts";
import type { Value } from "./value.ts";

const value = (source: string) => evaluate(source, EXAMPLE_SCOPE);

Deno.test("evaluate() binds operators as Pebble does", () => {
  const cases: [string, Value][] = [
    ["1 + 2 * 3 - 4 / 2", 5],
    ["7 - 2 - 1", 4],
    ["true or false and false", true],
    ["not false and false", false],
    ["1 + 1 == 2 and 2 is even", true],
    ["1 + 2 is odd", true],
    ["1 + -2 | abs", 3],
    ['"a" ~ "b" | upper', "AB"],
    ["vip ? 1 : 2 + 3", 1],
    ["false ? 1 : false ? 2 : 3", 3],
    ['{"a": [1, {"b": 2}]}.a[1].b', 2],
    ['{a: 1, "b": 2, (name): 3}["Ada Lovelace"]', 3],
    ["queuePosition is  not  even", false],
    ["order.items[queuePosition - 3].sku", "y2"],
  ];
  for (const [source, expected] of cases) assert.deepEqual(value(source), expected, source);
});

Deno.test("evaluate() does not look at what is not chosen", () => {
  assert.equal(value("false and 1 / 0"), false);
  assert.equal(value("true or 1 / 0"), true);
  assert.equal(value("1 ?? (1 / 0)"), 1);
  assert.equal(value("true ? 1 : 1 / 0"), 1);
});

Deno.test("evaluate() makes nothing of what is not there", () => {
  for (
    const source of ["missing", "missing.a.b", "order.items[9]", "order['x'].y", "missing | upper"]
  ) {
    assert.equal(value(source), null, source);
  }
  assert.equal(value("missing > 3 or missing < 3"), false);
});

Deno.test("evaluate() compares by value and kind", () => {
  assert.equal(value('[1, {"a": 2}] == [1, {"a": 2}]'), true);
  assert.equal(value('[1, {"a": 2}] == [1, {"b": 2}]'), false);
  assert.equal(value('1 == "1"'), false);
  assert.equal(value('("2026-03-01T09:30:00Z" | todate) == now()'), true);
});

Deno.test("evaluate() refuses what has no answer", () => {
  for (
    const source of [
      "1 / 0",
      "5 % 0",
      "missing + 1",
      "[1] * 2",
      "1e308 * 10",
      "name | number",
      '"x" | todate',
      '[1, "a"] | sort',
      "range(1, 2, 0)",
      "'%' | base64decode",
      "'{' | fromjson",
      "1e15 | date('yyyy')",
      "now() | plus(years=9000)",
      "now() | date('HH', 'Mars/Base')",
    ]
  ) {
    assert.throws(() => value(source), { code: "expression_failed" }, source);
  }
});

Deno.test("a sealed variable is refused wherever it stands", () => {
  const scope = { ...EXAMPLE_SCOPE, sealed: new Set(["name"]) };
  const sealed = { code: "variable_sealed", data: { variable: "name" } };
  assert.throws(() => evaluate("vip ? 1 : name", scope), sealed);
  assert.throws(() => renderTemplate("{% if false %}{{ name }}{% endif %}", scope), sealed);
  assert.equal(renderTemplate("{% for name in [1] %}{{ name }}{% endfor %}", scope), "1");
});

Deno.test("a stored text that does not fit its type fails where it is used", () => {
  const scope = { ...EXAMPLE_SCOPE, variables: { queuePosition: "many" } };
  assert.throws(() => evaluate("queuePosition", scope), { code: "expression_failed" });
  assert.equal(evaluate("false and queuePosition", scope), false);
});

Deno.test("isTrue() takes any value", () => {
  const yes: Value[] = [true, 1, -1, "no", " x ", [0], { a: null }];
  const no: Value[] = [false, 0, "", " ", "0", "False", null, [], {}];
  for (const it of yes) assert.equal(isTrue(it), true, JSON.stringify(it));
  for (const it of no) assert.equal(isTrue(it), false, JSON.stringify(it));
  assert.equal(isTrue(value("now()")), true);
});
