import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { storableText } from "../../../protocol/text/storable_text.ts";
import { CALLABLES } from "./apply_call.ts";
import { checkExpression } from "./check_expression.ts";
import { checkTemplate } from "./check_template.ts";
import { encodeValue } from "./encode_value.ts";
import { evaluate } from "./evaluate.ts";
import { LIMITS } from "./limits.ts";
import { OPERATORS } from "./operators.ts";
import { renderTemplate } from "./render_template.ts";
import type { Scope } from "./scope.ts";
import { EXAMPLE_SCOPE } from "./testing/example_scope.ts";

const NAMES = Object.keys(EXAMPLE_SCOPE.types);
const callables = Object.values(CALLABLES).flatMap((of) => [...of.keys()]);
const words = ["{{", "}}", "{%", "%}", "{#", "#}", "-}}", "if", "elseif", "else", "endif", "for"]
  .concat(["endfor", "in", "verbatim", "endverbatim", "(", ")", "[", "]", "{", "}", ",", ":", "?"])
  .concat(['"', "'", "\\", ".", "1", "0.5", "1e9", "not", "null", "true", "\n", " ", "loop", "é"])
  .concat(NAMES, callables, Object.keys(OPERATORS), ["constructor", "__proto__", "this", "😀"]);

const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).chain((parts) =>
    fc.constantFrom(" ", "").map((glue) => parts.join(glue))
  ),
  fc.array(fc.constantFrom(...words), { maxLength: 20 }).map((it) => `{{ ${it.join(" ")} }}`),
);

/** Expressions of the grammar, right or wrong in their types. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie("expression");
  const args = fc.array(inner, { maxLength: 2 }).map((it) => it.length ? `(${it.join(", ")})` : "");
  const operators = Object.keys(OPERATORS).filter((it) => !["=", "|", "is", "is not"].includes(it));
  const named = (kind: keyof typeof CALLABLES) => fc.constantFrom(...CALLABLES[kind].keys());
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(...NAMES, "1", "-2.5", '"a"', "'{{ name }}'", "null", "now()", "[1, 2]"),
      fc.tuple(inner, fc.constantFrom(...operators), inner).map(([a, op, b]) =>
        `(${a} ${op} ${b})`
      ),
      fc.tuple(inner, named("filter"), args).map(([of, name, it]) => `(${of} | ${name}${it})`),
      fc.tuple(inner, named("test")).map(([of, name]) => `(${of} is not ${name})`),
      fc.tuple(named("function"), args).map(([name, it]) => `${name}${it || "()"}`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a})[${b}]`),
      fc.tuple(inner, inner).map(([a, b]) => `{(${a}): ${b}}`),
      inner.map((it) => `(not ${it})`),
    ),
  };
});

const stored: Readonly<Record<VariableType, fc.Arbitrary<string>>> = {
  text: fc.string({ unit: "grapheme", maxLength: 40 }),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) =>
    encodeValue("number", it)
  ),
  boolean: fc.boolean().map(String),
  date: fc.date({ min: new Date(0), noInvalidDate: true, max: new Date("9000-01-01") })
    .map((it) => it.toISOString()),
  json: fc.jsonValue({ maxDepth: 4 }).map((it) => JSON.stringify(it)),
};
const scope = fc.record(
  Object.fromEntries(
    NAMES.map((name) => [name, fc.oneof(stored[EXAMPLE_SCOPE.types[name]], fc.constant(""))]),
  ),
).map((variables): Scope => ({ ...EXAMPLE_SCOPE, variables }));

const CODES = ["expression_syntax", "expression_failed", "expression_limit"];

/** What came of it: a value, or the AntiphonError; anything else that is thrown is passed on. */
function outcome<T>(of: () => T): { value: T } | { error: AntiphonError } {
  try {
    return { value: of() };
  } catch (error) {
    if (!(error instanceof AntiphonError)) throw error;
    assert.ok(CODES.includes(error.code), error.code);
    return { error };
  }
}

Deno.test("any source gives problems or renders within bounds", () => {
  fc.assert(
    fc.property(garbage, scope, (source, scope) => {
      const problems = checkTemplate(source, scope.types, scope.sealed);
      const result = outcome(() => renderTemplate(source, scope));
      if ("value" in result) {
        assert.ok(new TextEncoder().encode(result.value).length <= LIMITS.outputBytes);
      } else if (result.error.code === "expression_syntax") {
        assert.equal(problems[0]?.code, "expression_syntax");
      }
      checkExpression(source, scope.types, scope.sealed, "boolean");
      outcome(() => evaluate(source, scope));
    }),
    { numRuns: 3000 },
  );
});

Deno.test("what passes the check fails neither by syntax nor by an unknown name", () => {
  let passed = 0;
  fc.assert(
    fc.property(expression, scope, (source, scope) => {
      const template = `{% if ${source} %}{{ ${source} }}{% endif %}`;
      if (checkTemplate(template, scope.types, scope.sealed).length > 0) return;
      passed++;
      const result = outcome(() => renderTemplate(template, scope));
      if ("value" in result) return;
      assert.notEqual(result.error.code, "expression_syntax");
      assert.ok(!["filter_unknown", "function_unknown"].includes(String(result.error.data.reason)));
    }),
    { numRuns: 3000 },
  );
  assert.ok(passed > 300, `${passed}`);
});

Deno.test("an expression gives the same every time, bare and wrapped", () => {
  fc.assert(
    fc.property(expression, scope, (source, scope) => {
      const [once, again] = [source, `{{ ${source} }}`].map((it) => {
        const result = outcome(() => evaluate(it, scope));
        return "value" in result
          ? result
          : { code: result.error.code, message: result.error.message };
      });
      assert.deepEqual(once, again);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("what a variable holds is never read as a template", () => {
  const tricky = fc.array(fc.constantFrom("{{", "}}", "{% if vip %}", " name ", "{#", "x"))
    .map((it) => it.join(""));
  fc.assert(
    fc.property(fc.oneof(tricky, fc.string({ unit: "binary" })), (name) => {
      const scope = { ...EXAMPLE_SCOPE, variables: { name } };
      const shown = storableText(`<${name}>`);
      assert.equal(renderTemplate("<{{ name }}>", scope), shown);
      assert.equal(renderTemplate('{{ "<" ~ name ~ ">" }}', scope), shown);
      assert.equal(renderTemplate('<{{ "a" | replace({"a": name}) }}>', scope), shown);
    }),
  );
});

Deno.test("no prototype, constructor or method is within reach", () => {
  const inherited = [Object, Function, Array, String, Number, Date, Map].flatMap((it) => [
    ...Object.getOwnPropertyNames(it.prototype),
    ...Object.getOwnPropertyNames(it),
  ]).filter((it) => !NAMES.includes(it) && /^[A-Za-z_]/.test(it));
  const scope = { ...EXAMPLE_SCOPE, variables: { ...EXAMPLE_SCOPE.variables, note: "{}" } };
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES, '""', "1", "true", "now()", "[1]", '{"a": 1}', "loop", "{}"),
      fc.constantFrom("__proto__", "constructor", "at", ...inherited),
      (of, member) => {
        for (const read of [`(${of}).${member}`, `(${of})["${member}"]`]) {
          assert.equal(evaluate(read, scope), null, read);
          assert.ok("error" in outcome(() => evaluate(`${read}()`, scope)), read);
        }
        assert.equal(evaluate(member, scope), null);
      },
    ),
    { numRuns: 2000 },
  );
});
