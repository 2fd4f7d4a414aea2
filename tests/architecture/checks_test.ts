import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { checkCycles } from "./check_cycles.ts";
import { checkNames } from "./check_names.ts";
import { checkSizes } from "./check_sizes.ts";
import { checkWalls, MAY_IMPORT } from "./check_walls.ts";
import { readSource } from "./read_source.ts";

const file = (path: string, text: string) => readSource(path, text);
const messages = (found: { path: string; message: string }[]) =>
  found.map(({ path, message }) => `${path} ${message}`);

Deno.test("checkWalls() lets a room import the protocol, itself and named packages", () => {
  const text = `import { z } from "zod";
import { join } from "node:path";
import { a } from "../../protocol/errors/a.ts";
import { b } from "../other/b.ts";
import page from "npm:@scope/page@1.2.3";`;
  for (const room of Object.keys(MAY_IMPORT)) {
    assert.deepEqual(checkWalls([file(`${room}/x/y.ts`, text)]), []);
  }
  assert.deepEqual(checkWalls([file("tests/x/y.ts", 'import "../../local/start.ts";')]), []);
});

Deno.test("checkWalls() catches every room that looks into another", () => {
  const rooms = Object.keys(MAY_IMPORT);
  for (const from of rooms) {
    for (const to of rooms) {
      for (
        const text of [
          `import type { T } from "../../${to}/z.ts";`,
          `export * from "../../${to}/z.ts";`,
          `await import("../../${to}/z.ts");`,
          `new URL("../../${to}/z.ts", import.meta.url);`,
        ]
      ) {
        const found = checkWalls([file(`${from}/x/y.ts`, text)]);
        assert.equal(found.length, MAY_IMPORT[from].includes(to) ? 0 : 1, `${from} ${text}`);
      }
    }
  }
});

Deno.test("checkWalls() lets the folders that drive a room's core import that room only", () => {
  const text = 'import "../../regions/a.ts";\nimport "../../edge/b.ts";';
  for (const folder of ["tests/simulation", "tests/bench", "tests/recovery"]) {
    const found = checkWalls([file(`${folder}/x.ts`, text)]);
    assert.deepEqual(found.map((it) => it.line), [2], folder);
  }
  assert.equal(checkWalls([file("tests/story/x.ts", text)]).length, 2);
});

Deno.test("checkWalls() catches packages without a version, files by address, strange folders", () => {
  const found = checkWalls([
    file("edge/a.ts", 'import "npm:left-pad";\nimport "jsr:@std/x";\nimport "/etc/x.ts";'),
    file("attic/a.ts", 'import "./b.ts";'),
  ]);
  assert.deepEqual(found.map((it) => `${it.path}:${it.line}`), [
    ...["edge/a.ts:1", "edge/a.ts:2", "edge/a.ts:3", "attic/a.ts:1"],
  ]);
});

Deno.test("checkCycles() names the shortest circle, also one of types", () => {
  const found = checkCycles([
    file("edge/a.ts", 'import "./b.ts"; import "./c.ts";'),
    file("edge/b.ts", 'import type { A } from "./a.ts";'),
    file("edge/c.ts", 'import "./d.ts";'),
    file("edge/d.ts", 'import "./a.ts";'),
    file("edge/e.ts", 'import "./a.ts"; new URL("./e.ts", import.meta.url);'),
    file("edge/f.ts", 'import "./f.ts";'),
  ]);
  assert.deepEqual(messages(found).sort(), [
    "edge/a.ts imports itself in a circle: edge/a.ts → edge/b.ts → edge/a.ts",
    "edge/f.ts imports itself in a circle: edge/f.ts → edge/f.ts",
  ]);
});

Deno.test("checkCycles() finds none where imports only lead forward, and one when one leads back", () => {
  fc.assert(fc.property(
    fc.integer({ min: 2, max: 30 }).chain((count) =>
      fc.tuple(
        fc.constant(count),
        fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
      )
    ),
    ([count, pairs]) => {
      const forward = pairs.filter(([a, b]) => a !== b).map(([a, b]) => [
        Math.min(a, b),
        Math.max(a, b),
      ]);
      const make = (edges: number[][]) =>
        Array.from({ length: count }, (_, i) =>
          file(
            `edge/n${i}.ts`,
            edges.filter(([a]) => a === i).map(([, b]) => `import "./n${b}.ts";`).join("\n"),
          ));
      assert.deepEqual(checkCycles(make(forward)), []);
      if (forward.length === 0) return;
      const [a, b] = forward[0];
      assert.equal(checkCycles(make([...forward, [b, a]])).length, 1);
    },
  ));
});

Deno.test("checkSizes() wants a reason for a long file", () => {
  const long = "export const a = 1;\n".repeat(501);
  const found = checkSizes([
    file("edge/a.ts", long),
    file("edge/b.ts", `/** A table of codes: long by nature. */\n${long}`),
    file("edge/c.ts", `/** Does things. */\n${long}`),
    file("edge/d.ts", long.slice(0, 20 * 500)),
  ]);
  assert.deepEqual(found.map((it) => it.path), ["edge/a.ts", "edge/c.ts"]);
});

Deno.test("checkNames() wants a file named after what it exports", () => {
  const found = checkNames([
    file("edge/make_offer.ts", "export function makeOffer() {}"),
    file("edge/uuid_v7.ts", "export function uuidV7() {}"),
    file("edge/password_hash.ts", "export function hashPassword() {}"),
    file("edge/clusters.ts", "export const CLUSTER = 1;"),
    file("edge/helpers.ts", "export function makeOffer() {}"),
    file("edge/main.ts", "export const x = 1;"),
    file("edge/make_offer_test.ts", "export const x = 1;"),
    file("protocol/names.ts", "export const X = 1;"),
    file("edge/program.ts", "start();"),
  ]);
  assert.deepEqual(found.map((it) => it.path), ["edge/helpers.ts"]);
});

Deno.test("the checker lists what is wrong and fails", async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(join(root, "edge"));
  const path = join(root, "edge", "wrong.ts");
  await Deno.writeTextFile(path, 'import "../regions/a.ts";\nexport const other = 1;\n');
  const run = async () => {
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", fileURLToPath(new URL("./main.ts", import.meta.url)), root],
    }).output();
    return { code, text: new TextDecoder().decode(stdout) };
  };
  const bad = await run();
  assert.equal(bad.code, 1);
  assert.match(bad.text, /edge\/wrong\.ts:1 {2}wall: edge\/ imports regions\/a\.ts/);
  assert.match(bad.text, /edge\/wrong\.ts:1 {2}name: exports other/);
  assert.match(bad.text, /1 files, median 2 lines; 2 rules broken/);
  await Deno.writeTextFile(path, "export const wrong = 1;\n");
  assert.deepEqual(await run(), { code: 0, text: "1 files, median 1 lines; all walls stand\n" });
  await Deno.remove(root, { recursive: true });
});
