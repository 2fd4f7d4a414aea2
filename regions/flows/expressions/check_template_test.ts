import assert from "node:assert/strict";
import { checkExpression } from "./check_expression.ts";
import { checkTemplate } from "./check_template.ts";
import { EXAMPLE_SCOPE } from "./testing/example_scope.ts";

const SEALED = new Set(["pin"]);
const codes = (source: string) =>
  checkTemplate(source, { ...EXAMPLE_SCOPE.types, pin: "text" }, SEALED).map((it) => it.code);

Deno.test("checkTemplate() says where every problem is", () => {
  assert.deepEqual(checkTemplate("a\n{{ x }}\n  {{ vip | foo }}", { vip: "boolean" }, new Set()), [
    { code: "variable_unknown", message: "There is no variable x", line: 2, column: 4 },
    { code: "filter_unknown", message: "There is no filter foo", line: 3, column: 12 },
  ]);
});

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  expression_syntax: [
    "{{",
    "{{ }}",
    "{{ a b }}",
    "{% if vip %}",
    "{% endif %}",
    "{% for x of name %}{% endfor %}",
    "{% include 'x' %}",
    "{% if vip %}{% else %}{% elseif vip %}{% endif %}",
    "{{ name matches 'a' }}",
    "{{ name.length() }}",
    "{{ name | upper.x }}",
    "{# open",
    "{% verbatim %}",
    "{{ not name is empty }}",
    "{{ 'open }}",
    "{{ vip && vip }}",
  ],
  variable_unknown: [
    "{{ nobody }}",
    "{{ nobody | default('x') }}",
    "{{ nobody is defined }}",
    "{{ loop }}",
    "{% for x in order.items %}{% endfor %}{{ x }}",
    "{{ toString }}",
  ],
  variable_sealed: ["{{ pin }}", "{{ vip ? 1 : pin }}", "{{ pin is empty }}"],
  filter_unknown: ["{{ name | toString }}", "{{ name is constructor }}"],
  function_unknown: ["{{ random() }}", "{{ constructor() }}"],
  too_long: ["x".repeat(4097)],
  type_mismatch: [
    '{{ "a" - 1 }}',
    "{{ vip < queuePosition }}",
    "{{ vip + 1 }}",
    "{{ digits == 4711 }}",
    "{{ digits > 3 }}",
    "{{ dueAt < '2026' }}",
    "{{ -name }}",
    "{{ order.items | sort | upper }}",
    "{{ name | abs }}",
    "{{ name | upper(1) }}",
    "{{ name | abbreviate }}",
    "{{ name | abbreviate(2) }}",
    "{{ name | abbreviate('8') }}",
    "{{ name | abbreviate(size=8) }}",
    "{{ name | slice(0, fromIndex=1) }}",
    "{{ now() | date('YYYY') }}",
    "{{ now() | plus(days=0.5) }}",
    "{{ caller | phone('spelled') }}",
    "{{ order | path('items') }}",
    "{{ 1 | numberformat('x') }}",
    "{{ now(1) }}",
    "{{ min() }}",
    "{{ range(1) }}",
    "{{ name.first }}",
    "{% for x in name %}{% endfor %}",
    "{{ 3 in 4 }}",
    "{{ vip contains 1 }}",
    "{{ name is odd }}",
  ],
};
for (const [code, sources] of Object.entries(TEMPLATES)) {
  Deno.test(`checkTemplate() finds ${code}`, () => {
    for (const source of sources) assert.deepEqual(codes(source), [code], source);
  });
}

Deno.test("checkTemplate() lets pass what may go well", () => {
  for (
    const source of [
      "{{ queuePosition | upper }}",
      "{{ order.total - 1 }}",
      "{{ order < 3 }}",
      "{{ digits | number > 3 }}",
      "{{ null == 3 }}",
      "{{ (vip ? 1 : 'a') - 1 }}",
      "{{ note | default(3) | abs }}",
      "{% for x in order %}{{ x.key }}{{ loop.first }}{% endfor %}",
      "{{ 1 + order.id }}",
      "a { b } }} %} c",
    ]
  ) assert.deepEqual(codes(source), [], source);
});

Deno.test("checkTemplate() stops at 50 problems", () => {
  assert.equal(codes("{{ x }}".repeat(200)).length, 50);
});

Deno.test("checkExpression() holds the result against the type wanted", () => {
  const check = (source: string, wanted: Parameters<typeof checkExpression>[3]) =>
    checkExpression(source, EXAMPLE_SCOPE.types, new Set(), wanted).map((it) => it.code);
  assert.deepEqual(check("queuePosition > 3 and vip", "boolean"), []);
  assert.deepEqual(check("{{ queuePosition > 3 }}", "boolean"), []);
  assert.deepEqual(check("queuePosition", "boolean"), ["type_mismatch"]);
  assert.deepEqual(check("digits", "number"), ["type_mismatch"]);
  assert.deepEqual(check("digits | number", "number"), []);
  assert.deepEqual(check("queuePosition", "text"), []);
  assert.deepEqual(check("[1]", "text"), ["type_mismatch"]);
  assert.deepEqual(check("now()", "date"), []);
  assert.deepEqual(check("vip", "date"), ["type_mismatch"]);
  assert.deepEqual(check("order.total", "number"), []);
  assert.deepEqual(check("[1]", "json"), []);
  assert.deepEqual(check("vip and", undefined), ["expression_syntax"]);
});
