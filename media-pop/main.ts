import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { createLogger } from "../protocol/telemetry/logger.ts";
import { openPopMedia } from "./process/open_pop_media.ts";
import { readPopEnvironment } from "./process/pop_environment.ts";
import { startPop } from "./process/start_pop.ts";

/** Exit code of a process that cannot work as it was started (sysexits EX_CONFIG). */
const EX_CONFIG = 78;

/** Runs a PoP until SIGTERM or SIGINT. Configured by the environment: `process/pop_environment.ts`. */
async function main(): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => stopped.resolve());
  }
  try {
    const environment = readPopEnvironment(Deno.env.toObject());
    const service = `pop:${environment.POP_ID}`;
    const log = createLogger({ service, level: environment.LOG_LEVEL });
    globalThis.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      log.error("process.unhandled_rejection", { error: event.reason });
    });
    const pop = await startPop(environment, openPopMedia, log);
    write(Deno.stdout, { event: "ready", service, port: pop.port, sip: pop.sip });
    await stopped.promise;
    log.info("process.stopping");
    await pop.stop();
    Deno.exit(0);
  } catch (error) {
    const known = error instanceof AntiphonError;
    write(Deno.stderr, {
      event: "fatal",
      code: known ? error.code : "internal",
      message: error instanceof Error ? error.message : String(error),
    });
    Deno.exit(EX_CONFIG);
  }
}

function write(to: { writeSync(bytes: Uint8Array): number }, line: Record<string, unknown>): void {
  to.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
}

if (import.meta.main) await main();
