import { type TestCell, testCell } from "./test_cell.ts";

/** Gives a test module one cell, started before its first test and gone after its last. */
export function useTestCell(): () => TestCell {
  let cell: TestCell | undefined;
  Deno.test.beforeAll(async () => {
    cell = await testCell();
  });
  Deno.test.afterAll(async () => {
    await cell?.close();
  });
  return () => cell!;
}
