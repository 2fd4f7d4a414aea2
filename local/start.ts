/**
 * `deno task start`: runs the whole platform on this machine until Ctrl-C.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { readStartOptions, START_USAGE, type StartOptions } from "./start/read_start_options.ts";
import { startPlatform } from "./start/start_platform.ts";
import { welcome } from "./start/welcome.ts";

async function main(): Promise<void> {
  const options = readStartOptions(Deno.args);
  if (options.help) return write(START_USAGE);
  const begun = performance.now();
  const seconds = () => Math.round(performance.now() - begun) / 1000;
  const say = (line: string) => {
    if (options.json) return write(json({ event: "progress", seconds: seconds(), line }));
    write(`${seconds().toFixed(1).padStart(5)} s  ${line}\n`);
  };

  await run(options, say, seconds);
  say("Stopped");
}

/** Runs the platform until a signal, then stops it. */
async function run(
  options: StartOptions,
  say: (line: string) => void,
  seconds: () => number,
): Promise<void> {
  const stop = stopSignal();
  say(`Starting on ports from ${options["port-base"]}, data in ${options.data}`);
  await using platform = await startPlatform({
    portBase: options["port-base"],
    dataFolder: options.data,
    extraSip: options["extra-sip"],
    logLevel: options["log-level"],
    seed: options.seed ? {} : false,
    standby: options.standby,
    say,
    signal: stop,
  });
  if (options.json) {
    write(json({ event: "ready", seconds: seconds(), state: platform.state }));
  } else {
    write(welcome(platform.state, options.data));
  }
  await aborted(stop);
  say("Stopping");
}

/** Aborts at the first signal; later ones change nothing: stopping has its own deadlines. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => controller.abort());
  }
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function write(text: string): void {
  try {
    Deno.stdout.writeSync(new TextEncoder().encode(text));
  } catch (error) {
    // Nobody reads any more (`| head`): the platform runs on.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

if (import.meta.main) {
  try {
    await main();
    Deno.exit(0);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const lastLines = error instanceof AntiphonError ? error.data.lastLines : undefined;
    const lines = Array.isArray(lastLines) ? lastLines.slice(-8).map((line) => `    ${line}`) : [];
    const text = [`Not started. ${message}`, ...lines].join("\n");
    Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
    Deno.exit(1);
  }
}
