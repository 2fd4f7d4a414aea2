import assert from "node:assert/strict";
import { testFiles } from "./test_files.ts";

Deno.test("testFiles() finds tests at any depth, outside what is built or installed", async () => {
  const root = await Deno.makeTempDir();
  for (const folder of ["deep/er", "dist", "node_modules/x"]) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
  }
  const names = [
    "b_test.ts",
    "b.ts",
    "deep/er/a_test.ts",
    "dist/c_test.ts",
    "node_modules/x/d_test.ts",
  ];
  for (const name of names) await Deno.writeTextFile(`${root}/${name}`, "");
  assert.deepEqual(await testFiles(root), [`${root}/b_test.ts`, `${root}/deep/er/a_test.ts`]);
  await Deno.remove(root, { recursive: true });
});
