import type { CellClientOptions } from "../configuration/cell_client.ts";
import { type TestPlane, testPlane } from "./test_plane.ts";

/** Gives a test module one control plane, started before its first test and gone after its last. */
export function useTestPlane(cells: Partial<CellClientOptions> = {}): () => TestPlane {
  let plane: TestPlane | undefined;
  Deno.test.beforeAll(async () => {
    plane = await testPlane(cells);
  });
  Deno.test.afterAll(async () => {
    await plane?.close();
  });
  return () => plane!;
}
