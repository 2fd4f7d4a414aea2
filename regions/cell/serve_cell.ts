import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";

/** Where a cell listens. */
export interface ServeCellOptions {
  hostname: string;
  port: number;
  /** How long it waits for a port that its predecessor still has, in milliseconds. */
  waitMs: number;
  log: Logger;
}

const PAUSE_MS = 50;

/**
 * Listens, once the port is free.
 * @throws AntiphonError `address_in_use` when it is not within `waitMs`
 */
export async function serveCell(
  { hostname, port, waitMs, log }: ServeCellOptions,
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Deno.HttpServer<Deno.NetAddr>> {
  const until = performance.now() + waitMs;
  for (let attempt = 0;; attempt++) {
    try {
      return Deno.serve({ hostname, port, onListen: () => {} }, fetch);
    } catch (cause) {
      if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
      if (performance.now() >= until) {
        throw new AntiphonError(
          "address_in_use",
          `Port ${port} is taken: stop what uses it or set PORT`,
          { cause },
        );
      }
      if (attempt === 0) log.info("cell.port-taken", { port, waitMs });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
