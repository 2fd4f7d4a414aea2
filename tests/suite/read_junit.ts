/** How many tests of a run passed and failed. */
export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Adds up the suites of a JUnit report as `deno test --junit-path` writes it. */
export function readJunit(xml: string): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, attributes] of xml.matchAll(/<testsuite ([^>]*)>/g)) {
    const value = (name: string) =>
      Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = value("failures") + value("errors");
    counts.failed += failed;
    counts.skipped += value("disabled") + value("skipped");
    counts.passed += value("tests") - failed - value("disabled") - value("skipped");
  }
  return counts;
}
