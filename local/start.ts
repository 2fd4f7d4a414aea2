/**
 * `deno task start`: runs the whole platform on this machine until Ctrl-C.
 * @module
 */
import { join } from "node:path";
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import type { Platform } from "./start/platform.ts";
import { readStartOptions, START_USAGE } from "./start/read_start_options.ts";
import { startPlatform } from "./start/start_platform.ts";
import { welcome } from "./start/welcome.ts";

async function main(): Promise<void> {
  const options = readStartOptions(Deno.args);
  if (options.help) return write(START_USAGE);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const say = (line: string) => {
    if (options.json) return write(json({ event: "progress", seconds: seconds(), line }));
    write(`${seconds().toFixed(1).padStart(5)} s  ${line}\n`);
  };

  const stop = stopSignal();
  say(`Starting on ports from ${options["port-base"]}, data in ${options.data}`);
  const platform = await startPlatform({
    portBase: options["port-base"],
    dataFolder: options.data,
    extraSip: options["extra-sip"],
    logLevel: options["log-level"],
    seed: options.seed ? {} : false,
    say,
    signal: stop,
  });
  if (options.json) {
    write(json({ event: "ready", seconds: seconds(), state: platform.state }));
  } else {
    write(welcome(platform.state, join(options.data, "logs")));
  }
  await untilAborted(stop);
  say("Stopping");
  await close(platform);
  say("Stopped");
}

/** Aborts at the first signal; a second one does not wait any longer. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) return;
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, onSignal);
  }
  return controller.signal;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

async function close(platform: Platform): Promise<void> {
  await platform[Symbol.asyncDispose]();
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
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
