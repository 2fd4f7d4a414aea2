import assert from "node:assert/strict";
import { checkTemplate } from "./check_template.ts";
import { CALLABLES } from "./apply_call.ts";
import { OPERATORS } from "./operators.ts";
import { renderTemplate } from "./render_template.ts";
import { EXAMPLE_SCOPE } from "./testing/example_scope.ts";

const DOCUMENT = await Deno.readTextFile(
  new URL("../../../docs/expressions.md", import.meta.url),
);
const unescape = (cell: string) => cell.trim().replaceAll("\\|", "|");
/** Cells of every row of every table. */
const ROWS = DOCUMENT.split("\n").filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map(unescape));
const code = (cell: string) => /^`([^]*)`$/.exec(cell)?.[1];

for (const [, example, gives] of ROWS) {
  const [source, expected] = [code(example), code(gives ?? "")];
  if (!source?.match(/\{[{%#]/) || expected === undefined) continue;
  Deno.test(`the page's example ${source}`, () => {
    assert.deepEqual(checkTemplate(source, EXAMPLE_SCOPE.types, new Set()), []);
    assert.equal(renderTemplate(source, EXAMPLE_SCOPE), expected);
  });
}

Deno.test("the page's variables are those of the examples", () => {
  for (const [name, stored] of Object.entries(EXAMPLE_SCOPE.variables)) {
    const row = ROWS.find(([cell]) => cell === `\`${name}\``);
    assert.deepEqual(row?.slice(1), [EXAMPLE_SCOPE.types[name], stored && `\`${stored}\``], name);
  }
});

Deno.test("the page names every filter, test, function and operator", () => {
  const first = ROWS.map(([cell]) => cell).join(" ");
  const words = new Set(first.match(/[a-z0-9_]+/gi));
  for (const names of Object.values(CALLABLES)) {
    for (const name of names.keys()) {
      assert.ok(words.has(name) || DOCUMENT.includes(`\`${name}(`), name);
    }
  }
  for (const name of Object.keys(OPERATORS)) {
    if (name !== "=") assert.ok(first.includes(`\`${name}\``), name);
  }
});
