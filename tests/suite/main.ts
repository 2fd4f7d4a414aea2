/**
 * The whole check of the project: format, lint, types, walls, unit tests, the
 * simulation, recovery and end-to-end suites. Closes with one line `N passed, N failed`. `--quick` leaves the suites out.
 * @module
 */
import { ensureLabPrograms } from "../failover/setup/ensure_lab_programs.ts";
import { missingPrograms } from "../failover/setup/missing_programs.ts";
import { ensurePeers } from "../setup/ensure_peers.ts";
import { testFiles } from "./test_files.ts";
import { readJunit, type TestCounts } from "./read_junit.ts";

const UNITS = ["control-plane", "regions", "media-pop", "edge", "protocol", "local"].concat(
  ["architecture", "audio", "bench", "demo", "docs", "flows", "suite"].map((name) =>
    `tests/${name}`
  ),
);
/** Of the lab: what needs no platform. Its networks and its short form skip where they cannot be. */
const LAB_UNITS = ["capture", "checker", "clients", "clock", "regions", "rows"].map((name) =>
  `tests/failover/${name}`
);
const TEST_FLAGS = ["test", "-A", "--unstable-net", "--unstable-kv", "--quiet"];
const total: TestCounts = { passed: 0, failed: 0, skipped: 0 };

const quick = Deno.args.includes("--quick");
say("Setting up");
try {
  if (!quick) await ensurePeers(say);
  if (!quick && (await missingPrograms()).every((it) => it !== "linux" && it !== "root")) {
    await ensureLabPrograms(say);
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  close(1);
}
await check("Dependencies", ["install", "--frozen", "--quiet"]);
await check("Web apps and worker", ["task", "build"]);
await check("Format", ["fmt", "--check", "--quiet"]);
await check("Lint", ["lint", "--quiet"]);
await check("Types", ["check", "--quiet"]);
await check("Walls", ["run", "-A", "tests/architecture/main.ts"]);
// Folders of a workspace member would hide the tests beside it: name every file.
const units = (await Promise.all([...UNITS, ...LAB_UNITS].map(testFiles))).flat();
await tests("Unit tests", [...TEST_FLAGS, "--parallel", ...units]);
if (!quick) await tests("Simulation", [...TEST_FLAGS, "--parallel", "tests/simulation"]);
if (!quick) await tests("Recovery suite", [...TEST_FLAGS, "tests/recovery"]);
if (!quick) await tests("Clusters on Patroni", [...TEST_FLAGS, "tests/failover/patroni"]);
if (!quick) await tests("Failover lab, short form", [...TEST_FLAGS, "tests/failover/short"]);
if (!quick) await tests("End-to-end suite", [...TEST_FLAGS, "tests/end_to_end"]);
close(total.failed > 0 ? 1 : 0);

/** Runs one check; it counts as one test. */
async function check(name: string, args: string[]): Promise<void> {
  const ok = await timed(name, args);
  total[ok ? "passed" : "failed"] += 1;
}

/** Runs tests and adds their counts; a run that ends without a report counts as one failure. */
async function tests(name: string, args: string[]): Promise<void> {
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  const ok = await timed(name, [args[0], `--junit-path=${report}`, ...args.slice(1)]);
  const counts = readJunit(await Deno.readTextFile(report));
  await Deno.remove(report);
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
  if (!ok && counts.failed === 0) total.failed += 1;
}

async function timed(name: string, args: string[]): Promise<boolean> {
  const start = performance.now();
  say(`${name} …`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  say(
    `${name}: ${success ? "ok" : "FAILED"} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  );
  return success;
}

function close(code: number): never {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  if (code !== 0 && total.failed === 0) total.failed = 1;
  say(`${total.passed} passed, ${total.failed} failed${skipped}`);
  Deno.exit(code);
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
