/**
 * The keeper of a site: hosts its witness, and keeps its PostgreSQL servers. It alone starts, stops,
 * promotes and seeds them. SIGTERM ends it with its servers, SIGUSR2 without them: the next keeper
 * adopts what runs.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { PrivateServiceKey } from "../protocol/service_token/service_key.ts";
import { createLogger, type Logger, type LogLevel } from "../protocol/telemetry/logger.ts";
import { watchDriver } from "./database/watch_driver.ts";
import { keeperApi } from "./keeper/api/keeper_api.ts";
import type { Keeper } from "./keeper/process/keeper.ts";
import { openKeeper } from "./keeper/process/open_keeper.ts";
import { readKeeperFile } from "./keeper/process/read_keeper_file.ts";

/** A server that does not end delays us no longer, in milliseconds. */
const STOP_MS = 30_000;

async function main(): Promise<void> {
  const file = await readKeeperFile(Deno.env.get("KEEPER_FILE"));
  const service = `keeper:${file.site}`;
  const log = createLogger({ service, level: levelOf(Deno.env.get("LOG_LEVEL")) });
  const key = await readKey(file.serviceKeyFile, service);
  watchDriver(globalThis, (error) => log.debug("database.driver-failed", { error }));
  const keeper = await openKeeper(file, key, log);
  const server = serve(keeper);
  onSignals(keeper, log, () => server.shutdown());
  const { port } = server.addr;
  say(Deno.stdout, { event: "ready", service, port });
}

function serve(keeper: Keeper): Deno.HttpServer<Deno.NetAddr> {
  const { hostname, port } = keeper.file.listen;
  try {
    return Deno.serve({ hostname, port, onListen: () => {} }, keeperApi(keeper).fetch);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new AntiphonError(
      "address_in_use",
      `Port ${port} of ${hostname} is taken: stop what uses it or change listen`,
      { cause },
    );
  }
}

function onSignals(keeper: Keeper, log: Logger, close: () => Promise<void>): void {
  let ending = false;
  const end = (how: "stop" | "leave") => async () => {
    if (ending) return;
    ending = true;
    log.info("keeper.ending", { how });
    setTimeout(() => Deno.exit(1), STOP_MS);
    try {
      // The witness goes on until the last: others may count on it.
      await keeper[how]();
      await Promise.race([close(), new Promise((resolve) => setTimeout(resolve, 500))]);
    } catch (error) {
      log.error("keeper.end-failed", { error });
      Deno.exit(1);
    }
    Deno.exit(0);
  };
  Deno.addSignalListener("SIGTERM", end("stop"));
  Deno.addSignalListener("SIGINT", end("stop"));
  Deno.addSignalListener("SIGUSR2", end("leave"));
}

async function readKey(path: string, service: string): Promise<PrivateServiceKey> {
  try {
    const key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(path)));
    if (key.service === service) return key;
  } catch (cause) {
    throw new AntiphonError("configuration_invalid", `${path} holds no service key`, { cause });
  }
  throw new AntiphonError("configuration_invalid", `${path} holds another service's key`);
}

function levelOf(given: string | undefined): LogLevel {
  return (["debug", "info", "warn", "error"] as const).find((level) => level === given) ?? "info";
}

function say(stream: typeof Deno.stdout | typeof Deno.stderr, line: unknown): void {
  stream.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const code = error instanceof AntiphonError ? error.code : "internal";
    const message = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    say(Deno.stderr, { event: "fatal", code, message, cause });
    Deno.exit(78);
  }
}
