import assert from "node:assert/strict";
import fc from "fast-check";
import { scanTemplate } from "./scan_template.ts";

const pieces = (source: string) =>
  scanTemplate(source).map(({ kind, text, start, end }) =>
    kind === "text" ? text : `${kind}:${source.slice(start, end)}`
  );

Deno.test("scanTemplate() cuts at delimiters outside of texts and braces", () => {
  assert.deepEqual(pieces("a {{ b }} c"), ["a ", "print: b ", " c"]);
  assert.deepEqual(pieces(`{{ "}}" ~ '%}' }}`), [`print: "}}" ~ '%}' `]);
  assert.deepEqual(pieces(`{{ "\\"}}" }}`), [`print: "\\"}}" `]);
  assert.deepEqual(pieces("{{{a: {b: 1}}}}"), ["print:{a: {b: 1}}"]);
  assert.deepEqual(pieces("{% if a %}x{% endif %}"), ["tag: if a ", "x", "tag: endif "]);
  assert.deepEqual(pieces("{# {{ a }} #}b"), ["b"]);
  assert.deepEqual(pieces("{ {a} }} %}"), ["{ {a} }} %}"]);
});

Deno.test("scanTemplate() takes blanks and line breaks as Pebble does", () => {
  assert.deepEqual(pieces("a \n {{- b -}} \n c"), ["a", "print: b ", "c"]);
  assert.deepEqual(pieces("{% if a %}\r\nb\n{% endif %}\nc"), [
    "tag: if a ",
    "b\n",
    "tag: endif ",
    "c",
  ]);
  assert.deepEqual(pieces("{{ a }}\nb"), ["print: a ", "\nb"]);
  assert.deepEqual(pieces("{% verbatim %}{{ a }}{% endverbatim %} b"), ["{{ a }}", " b"]);
});

Deno.test("scanTemplate() says what is not closed", () => {
  for (const source of ["{{ a", "{% if", "{# a", '{{ "}}', "{{ { }}", "{% verbatim %}x"]) {
    assert.throws(() => pieces("\n" + source), {
      code: "expression_syntax",
      data: { line: 2, column: 1 },
    }, source);
  }
});

Deno.test("scanTemplate() leaves text without delimiters as it is", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    if (!/\{[{%#]/.test(text)) assert.equal(pieces(text).join(""), text);
  }));
});
