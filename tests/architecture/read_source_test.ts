import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { relative } from "node:path";
import { readSource } from "./read_source.ts";

const imports = (text: string) =>
  readSource("a.ts", text).imports.map(({ specifier, kind }) => `${kind} ${specifier}`);

Deno.test("readSource() finds every kind of import", () => {
  assert.deepEqual(
    imports(`
      import "./effect.ts";
      import one from "./one.ts";
      import * as all from './all.ts';
      import type { Two } from "./two.ts";
      import { three, type Four as Five } from "./three.ts"
      export { six } from "./six.ts";
      export type { Seven } from "./seven.ts";
      export * from "./eight.ts";
      export * as nine from "./nine.ts";
      const ten = await import("./ten.ts");
      let eleven: import("./eleven.ts").Eleven;
      new Worker(new URL("./twelve.ts", import.meta.url));
    `),
    [
      "static ./effect.ts",
      "static ./one.ts",
      "static ./all.ts",
      "static ./two.ts",
      "static ./three.ts",
      "static ./six.ts",
      "static ./seven.ts",
      "static ./eight.ts",
      "static ./nine.ts",
      "dynamic ./ten.ts",
      "dynamic ./eleven.ts",
      "url ./twelve.ts",
    ],
  );
});

Deno.test("readSource() is not taken in by comments, strings, templates and regular expressions", () => {
  assert.deepEqual(
    imports(`
      // import "./comment.ts";
      /* export * from "./block.ts"; */
      const text = 'import "./string.ts"';
      const template = \`import "./template.ts" \${await import("./inside.ts")} from "./x.ts"\`;
      const nested = \`\${{ a: \`\${"}"}\` }.a} import "./nested.ts"\`;
      const quote = /["'\`]/.test(text) || /[/"]import "x"/.exec(text);
      const half = 4 / 2; const other = "/";
      const { imports } = file.import, here = import.meta.url;
      const folder = new URL("../", import.meta.url);
      import "./real.ts";
    `),
    ["dynamic ./inside.ts", "static ./real.ts"],
  );
});

Deno.test("readSource() finds exported names, lines and the first comment", () => {
  const file = readSource(
    "a.ts",
    `/** Why. */
export const one = 1;
export async function* two() {}
export abstract class Three {}
export type Four = { export: string };
export interface Five {}
export { a, b as six, type Seven };
export default one;
`,
  );
  assert.deepEqual(file.exports, [
    ...["one", "two", "Three", "Four", "Five", "a", "six", "Seven", "default"],
  ]);
  assert.equal(file.lines, 8);
  assert.equal(file.firstComment, "/** Why. */");
});

Deno.test("readSource() agrees with Deno about a real program", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "local/start.ts"],
    cwd: root,
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  let compared = 0;
  for (const { local, specifier, dependencies = [] } of modules) {
    if (!specifier.startsWith("file:") || /node_modules|\.d\.ts$/.test(local)) continue;
    const path = relative(root, local);
    const ours = new Set(
      readSource(path, await Deno.readTextFile(local)).imports
        .filter((it) => it.kind !== "url").map((it) => it.specifier),
    );
    const theirs = dependencies.map((it: { specifier: string }) => it.specifier);
    assert.deepEqual([...ours].sort(), [...new Set(theirs)].sort(), path);
    compared++;
  }
  assert.ok(compared > 40, `${compared} files`);
});
