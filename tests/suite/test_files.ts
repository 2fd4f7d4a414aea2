/** Paths of the test files below a folder. */
export async function testFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory && name !== "node_modules" && name !== "dist") {
      files.push(...await testFiles(path));
    } else if (name.endsWith("_test.ts")) files.push(path);
  }
  return files.sort();
}
