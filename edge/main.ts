/**
 * The edge as a process: runs the worker on workerd and keeps it running.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { createLogger } from "../protocol/telemetry/logger.ts";
import { readEdgeEnvironment } from "./process/edge_environment.ts";
import { startEdge } from "./process/start_edge.ts";

/** Exit code of a start that cannot succeed as configured (EX_CONFIG of sysexits). */
const EX_CONFIG = 78;

/**
 * Runs the edge until SIGTERM or SIGINT; SIGHUP replaces its worker by the newest bundle while
 * everybody is served, and a line says `replaced` or `not-replaced`. Configured by `process/edge_environment.ts`.
 */
async function main(): Promise<void> {
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  stopping.signal.addEventListener("abort", () => stopped.resolve());
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => stopping.abort());
  }
  const environment = readEdgeEnvironment(Deno.env.toObject());
  const service = `edge:${environment.EDGE_ID}`;
  const log = createLogger({ service, level: environment.LOG_LEVEL });
  const edge = await startEdge(environment, { log, signal: stopping.signal }).catch((error) => {
    if (stopping.signal.aborted) return null;
    throw error;
  });
  if (edge && !stopping.signal.aborted) {
    Deno.addSignalListener("SIGHUP", async () => {
      try {
        await edge.restart();
        write(Deno.stdout, { event: "replaced", service, port: edge.port });
      } catch (error) {
        log.error("edge.not_restarted", { error });
        write(Deno.stdout, { event: "not-replaced", service });
      }
    });
    write(Deno.stdout, { event: "ready", service, port: edge.port });
    await stopped.promise;
  }
  log.info("process.stopping");
  await edge?.stop();
  Deno.exit(0);
}

function write(to: { writeSync(bytes: Uint8Array): number }, line: Record<string, unknown>): void {
  to.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const known = error instanceof AntiphonError;
    write(Deno.stderr, {
      event: "fatal",
      code: known ? error.code : "internal",
      message: error instanceof Error ? error.message : String(error),
      ...(known && error.data.lastLines ? { lastLines: error.data.lastLines } : {}),
    });
    Deno.exit(EX_CONFIG);
  }
}
