import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { readWav } from "../../protocol/audio/read_wav.ts";
import { telephoneSamples } from "../../protocol/audio/telephone_samples.ts";
import { loadSoundLibrary } from "./load_sound_library.ts";
import { PHONE_USAGE, readPhoneOptions } from "./phone_options.ts";
import { type PhoneLine, placeCall } from "./place_call.ts";

/** The test phone's command: see {@linkcode PHONE_USAGE}. SIGINT and SIGTERM hang up. */
async function main(): Promise<number> {
  try {
    const options = readPhoneOptions(Deno.args);
    const spoken = options.wav === undefined
      ? null
      : telephoneSamples(readWav(await Deno.readFile(options.wav)));
    const hangUp = Promise.withResolvers<void>();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => hangUp.resolve());
    }
    const summary = await placeCall(options, {
      sounds: await loadSoundLibrary(),
      spoken,
      hangUp: hangUp.promise,
      onLine: (line) => write(options.json ? JSON.stringify(line) : sentence(line)),
    });
    write(JSON.stringify({ event: "summary", at: Date.now(), ...summary }));
    return summary.answered ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    write(JSON.stringify({ event: "failed", at: Date.now(), message }));
    const isUsage = error instanceof AntiphonError && error.code === "invalid_request";
    if (isUsage) write(PHONE_USAGE);
    return 2;
  }
}

/** A line for people. */
function sentence({ event, at, ...facts }: PhoneLine): string {
  return `${new Date(at).toISOString().slice(11, 23)} ${event} ${JSON.stringify(facts)}`;
}

function write(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) Deno.exit(await main());
