import assert from "node:assert/strict";
import { checkConfiguration } from "../../../regions/configuration/check_configuration.ts";
import { makeConfiguration } from "./make_configuration.ts";
import { CHANGES, reconfigure } from "./reconfigure.ts";

Deno.test("makeConfiguration() makes what a cell would take, and so does reconfigure()", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const document = makeConfiguration(seed, seed % 2);
    checkConfiguration(document);
    for (const change of CHANGES) checkConfiguration(reconfigure(document, change, seed, 1));
  }
});

Deno.test("reconfigure() makes the same of the same, and leaves what it was given", () => {
  const document = makeConfiguration(1, 0);
  const before = structuredClone(document);
  for (const change of CHANGES) {
    assert.deepEqual(reconfigure(document, change, 7), reconfigure(document, change, 7));
  }
  assert.deepEqual(document, before);
});
