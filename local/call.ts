/**
 * `deno task call`: places a real call to the platform that runs on this machine and tells how it
 * goes. Exit code 0: it was answered.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { describePhoneLine } from "./call/describe_phone_line.ts";
import { CALL_USAGE, readCallOptions } from "./call/read_call_options.ts";
import { runPhone } from "./call/run_phone.ts";
import { ROOT } from "./layout/rooms.ts";
import { runningPlatform } from "./layout/running_platform.ts";

async function main(): Promise<number> {
  const options = readCallOptions(Deno.args);
  if (options.help) return write(CALL_USAGE);
  const state = await runningPlatform(options.data);
  const to = options.to ?? state.demo?.number;
  if (!to) throw new AntiphonError("invalid_request", "There is no demo tenant: give --to NUMBER");
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => abort.abort());
  }
  const sip = state.sip[options.pop];
  if (!options.json) write(`Calling ${to} at ${sip}; Ctrl-C hangs up\n`);
  const call = { to, sip, digits: options.digit, seconds: options.seconds };
  const begun = Date.now();
  let answered = false;
  for await (const line of runPhone(ROOT, call, abort.signal)) {
    answered ||= line.event === "answered";
    if (options.json) write(`${JSON.stringify(line)}\n`);
    const words = describePhoneLine(line);
    const seconds = ((line.at - begun) / 1000).toFixed(1).padStart(5);
    if (!options.json && words) write(`${seconds} s  ${words}\n`);
  }
  return answered ? 0 : 1;
}

function write(text: string): 0 {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
  return 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await main());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n`));
    Deno.exit(2);
  }
}
