import assert from "node:assert/strict";
import { evaluate } from "./evaluate.ts";
import { LIMITS } from "./limits.ts";
import { renderTemplate } from "./render_template.ts";
import { EXAMPLE_SCOPE } from "./testing/example_scope.ts";

const limit = { name: "AntiphonError", code: "expression_limit" };
const render = (source: string, variables: Record<string, string> = {}) =>
  renderTemplate(source, {
    ...EXAMPLE_SCOPE,
    variables: { ...EXAMPLE_SCOPE.variables, ...variables },
  });

Deno.test("a source has at most 4096 characters", () => {
  assert.equal(render("x".repeat(LIMITS.sourceLength)).length, LIMITS.sourceLength);
  assert.throws(() => render("x".repeat(LIMITS.sourceLength + 1)), limit);
  assert.throws(() => evaluate(" ".repeat(1_000_000), EXAMPLE_SCOPE), limit);
});

Deno.test("loops end with the steps", () => {
  const loop = (body: string) => `{% for i in range(1, 1000) %}${body}{% endfor %}`;
  assert.throws(() => render(loop(loop(""))), limit);
  assert.throws(() => render(loop("{{ name | upper | lower | upper | lower | upper }}")), limit);
});

Deno.test("output is counted in bytes", () => {
  const name = (length: number) => ({ name: "é".repeat(length) });
  assert.equal(render("{{ name }}", name(LIMITS.outputBytes / 2)).length, LIMITS.outputBytes / 2);
  assert.throws(() => render("{{ name }}", name(LIMITS.outputBytes / 2 + 1)), limit);
  assert.throws(() => render("{{ name }}{{ name }}", name(LIMITS.outputBytes - 1)), limit);
});

Deno.test("texts are measured before they are made", () => {
  const letters = '"' + "a".repeat(1000) + '"';
  assert.throws(() => render(`{{ ${letters} | replace({"a": ${letters}}) | length }}`), limit);
  const order = JSON.stringify({ a: "x".repeat(60_000) });
  assert.throws(() => render("{{ order ~ order }}", { order }), limit);
  assert.throws(() => render(`{{ [${"order,".repeat(500)} 1] ~ "" }}`, { order }), limit);
  assert.throws(() => render(`{{ {([${"order,".repeat(500)} 1]): 1} is map }}`, { order }), limit);
  assert.throws(() => render("{{ name | split('') | length }}", { name: "x".repeat(2000) }), limit);
  const scope = { ...EXAMPLE_SCOPE, variables: { order } };
  assert.throws(() => evaluate("[order, order]", scope), limit);
  assert.throws(() => render("{{ range(0, 1e15) | length }}"), limit);
});

Deno.test("nesting is a matter of syntax", () => {
  const syntax = { code: "expression_syntax" };
  for (const [open, close] of [["(", ")"], ["[", "]"], ["-", ""], ["not ", ""], ["{1:", "}"]]) {
    for (const depth of [300, 1000, 2000]) {
      const source = open.repeat(depth) + "1" + close.repeat(depth);
      assert.throws(() => evaluate(source.slice(0, 4096), EXAMPLE_SCOPE), syntax, open + depth);
    }
  }
  assert.throws(() => evaluate("1" + "+1".repeat(2000), EXAMPLE_SCOPE), syntax);
  assert.throws(() => evaluate("1" + "|abs".repeat(1000), EXAMPLE_SCOPE), syntax);
  assert.throws(() => evaluate("1?1:".repeat(1000) + "1", EXAMPLE_SCOPE), syntax);
  assert.throws(() => render("{% if vip %}".repeat(17) + "{% endif %}".repeat(17)), syntax);
  assert.equal(evaluate("1" + "+1".repeat(150), EXAMPLE_SCOPE), 151);
  assert.equal(evaluate("(".repeat(50) + "1" + ")".repeat(50), EXAMPLE_SCOPE), 1);
});
