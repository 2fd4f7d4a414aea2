import assert from "node:assert/strict";
import { readJunit } from "./read_junit.ts";

Deno.test("readJunit() adds up suites", () => {
  const xml = `<testsuites name="deno test" tests="5" failures="1" errors="0" time="1">
    <testsuite name="a_test.ts" tests="3" disabled="1" errors="0" failures="1"></testsuite>
    <testsuite name="b_test.ts" tests="2" disabled="0" errors="0" failures="0"></testsuite>
  </testsuites>`;
  assert.deepEqual(readJunit(xml), { passed: 3, failed: 1, skipped: 1 });
});
