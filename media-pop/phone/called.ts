import { CALLED_USAGE, readCalledOptions } from "./called_options.ts";
import { type PhoneLine } from "./place_call.ts";
import { takeCalls } from "./take_calls.ts";

/** The called phone's command: see {@linkcode CALLED_USAGE}. */
async function main(): Promise<number> {
  try {
    const stop = Promise.withResolvers<void>();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => stop.resolve());
    }
    const options = readCalledOptions(Deno.args);
    const phone = await takeCalls(options, write);
    write({ event: "listening", at: Date.now(), address: options.local, port: phone.port });
    await stop.promise;
    await phone.close();
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    write({ event: "failed", at: Date.now(), message });
    Deno.stderr.writeSync(new TextEncoder().encode(`${CALLED_USAGE}\n`));
    return 2;
  }
}

function write(line: PhoneLine): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
}

if (import.meta.main) Deno.exit(await main());
