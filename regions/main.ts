/**
 * The cell: runs one cluster's tenants on the cluster's Postgres. Whoever holds the writable
 * Postgres is the cluster; its timeline is the epoch.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../protocol/ids/uuid_v7.ts";
import { PrivateServiceKey } from "../protocol/service_token/service_key.ts";
import { Counters } from "../protocol/telemetry/counters.ts";
import { createLogger } from "../protocol/telemetry/logger.ts";
import { cellApi } from "./api/cell_api.ts";
import { Cell } from "./cell/cell.ts";
import { readEnvironment } from "./cell/read_environment.ts";
import { openCellDatabase } from "./database/open_cell_database.ts";
import { watchDriver } from "./database/watch_driver.ts";
import { subscribeToCfg } from "./placement/subscribe_to_cfg.ts";
import { createSealer } from "./secrets/sealer.ts";

async function main(): Promise<void> {
  const env = readEnvironment(Deno.env.toObject());
  const service = `cell:${env.CLUSTER_ID}`;
  const log = createLogger({ service, level: env.LOG_LEVEL });
  const key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(env.SERVICE_KEY_FILE)));
  const sealer = createSealer(env.SECRETS_KEY);
  const database = await openCellDatabase(env.DATABASE_URL);
  await subscribe(database.db, env.CLUSTER_ID, env.CFG_PUBLISHER, log);
  const cell = new Cell({
    clusterId: env.CLUSTER_ID,
    epoch: database.epoch,
    db: database.db,
    writer: database.writer,
    owner: database.owner,
    snapshotEvery: env.SNAPSHOT_EVERY,
    logDays: env.LOG_DAYS,
    traceDays: env.TRACE_DAYS,
    key,
    sealer,
    egress: {
      allow: new Set(env.EGRESS_ALLOW.split(",").map((s) => s.trim()).filter(Boolean)),
      resolve: resolveAddresses,
      ...env.EGRESS_CA_FILE ? { ca: [await Deno.readTextFile(env.EGRESS_CA_FILE)] } : {},
    },
    log,
    counters: new Counters(),
    now: Date.now,
    newId: uuidV7(),
    random: Math.random,
    timer: (ms, run) => {
      const id = setTimeout(run, ms);
      return () => clearTimeout(id);
    },
  });
  const driver = Promise.withResolvers<Error>();
  watchDriver(globalThis, (error) => {
    log.error("database.driver-failed", { error });
    driver.resolve(error);
  });
  const lost = Promise.race([database.lost, cell.lost, driver.promise]).then(() => {
    log.error("cell.database-lost");
    // Another process may own the cluster now: nothing may be decided here any more.
    Deno.exit(75);
  });
  await Promise.race([cell.start(), lost]);
  const server = serve(env, cell);
  const stop = async () => {
    await cell.close();
    await server.shutdown();
    await database.close();
    Deno.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  const port = server.addr.port;
  await Deno.stdout.write(
    new TextEncoder().encode(`${JSON.stringify({ event: "ready", service, port })}\n`),
  );
}

function serve(env: { HOSTNAME: string; PORT: number }, cell: Cell): Deno.HttpServer<Deno.NetAddr> {
  try {
    const options = { hostname: env.HOSTNAME, port: env.PORT, onListen: () => {} };
    return Deno.serve(options, cellApi(cell).fetch);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new AntiphonError(
      "address_in_use",
      `Port ${env.PORT} is taken: stop what uses it or set PORT`,
      { cause },
    );
  }
}

/** The control plane may be away: the cell starts on what was replicated, and tries again. */
async function subscribe(
  db: Parameters<typeof subscribeToCfg>[0],
  clusterId: string,
  publisher: string,
  log: ReturnType<typeof createLogger>,
): Promise<void> {
  try {
    await subscribeToCfg(db, clusterId, publisher);
  } catch (error) {
    log.warn("placement.subscription-waits", { error });
    setTimeout(() => subscribe(db, clusterId, publisher, log), 1000);
  }
}

async function resolveAddresses(hostname: string): Promise<string[]> {
  const answers = await Promise.allSettled([
    Deno.resolveDns(hostname, "A"),
    Deno.resolveDns(hostname, "AAAA"),
  ]);
  return answers.flatMap((answer) => answer.status === "fulfilled" ? answer.value : []);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const code = error instanceof AntiphonError ? error.code : "internal";
    const message = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    await Deno.stderr.write(
      new TextEncoder().encode(`${JSON.stringify({ event: "fatal", code, message, cause })}\n`),
    );
    Deno.exit(78);
  }
}
