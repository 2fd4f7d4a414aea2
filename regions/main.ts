/**
 * The cell: runs one cluster's tenants on the cluster's Postgres. Whoever holds the writable
 * Postgres is the cluster; its timeline is the epoch.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../protocol/ids/uuid_v7.ts";
import { PrivateServiceKey } from "../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../protocol/service_token/service_token_signer.ts";
import { Counters } from "../protocol/telemetry/counters.ts";
import { createLogger, type Logger } from "../protocol/telemetry/logger.ts";
import { CellProcess } from "./cell/cell_process.ts";
import { type Environment, readEnvironment } from "./cell/read_environment.ts";
import { serveCell } from "./cell/serve_cell.ts";
import { watchDriver } from "./database/watch_driver.ts";
import { keeperStatus } from "./lease/keeper_status.ts";
import { leaseSourceOf } from "./lease/lease_source_of.ts";
import { systemBootClock } from "./lease/system_boot_clock.ts";
import { keepSubscribed } from "./placement/keep_subscribed.ts";
import { createSealer } from "./secrets/sealer.ts";

/** Another process has to begin as a standby: this one is not the cluster any more. */
const NOT_THE_CLUSTER = 75;
/** How long answers may take to get out at the end, in milliseconds. */
const LAST_ANSWERS_MS = 50;

async function main(): Promise<void> {
  const env = readEnvironment(Deno.env.toObject());
  const service = `cell:${env.CLUSTER_ID}`;
  const log = createLogger({ service, level: env.LOG_LEVEL });
  const cell = await cellProcess(env, log);
  const driver = Promise.withResolvers<string>();
  watchDriver(globalThis, (error) => {
    log.error("database.driver-failed", { error });
    // A question that was under way is never answered, also one that a standby has asked.
    driver.resolve("driver");
  });
  const { HOSTNAME: hostname, PORT, PORT_WAIT_MS: waitMs } = env;
  const server = await serveCell({ hostname, port: PORT, waitMs, log }, cell.fetch);
  const { port } = server.addr;
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await cell.stop();
    await server.shutdown();
    Deno.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  // One that may have to wait for its turn is ready when it stands by.
  const waits = env.LEASE !== "none";
  await tell({ event: waits ? "ready" : "listening", service, port });
  const why = await Promise.race([
    cell.start().then(async () => {
      await tell({ event: waits ? "active" : "ready", service, port });
      return await cell.lost();
    }),
    driver.promise,
  ]).catch((error) => {
    if (!stopping) log.error("cell.not-taken", { error });
    return "activation";
  });
  // It ends by itself as it was told to.
  if (stopping) return;
  log.error("cell.lost", { why });
  await Promise.race([
    server.shutdown(),
    new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS_MS)),
  ]);
  Deno.exit(NOT_THE_CLUSTER);
}

async function cellProcess(env: Environment, log: Logger): Promise<CellProcess> {
  const key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(env.SERVICE_KEY_FILE)));
  const clusterId = env.CLUSTER_ID;
  const site = env.SITE ?? env.REGION;
  const clock = systemBootClock();
  const lease = { clusterId, site, token: serviceTokenSigner(key), clock };
  const keeper = /^keeper:(.+)$/.exec(env.LEASE);
  return new CellProcess({
    clusterId,
    site,
    databaseUrl: env.DATABASE_URL,
    peers: env.PEER_CELLS,
    source: leaseSourceOf(env.LEASE, lease),
    clock,
    ...keeper ? { keeperStatus: keeperStatus({ ...lease, url: keeper[1] }) } : {},
    owned: ({ db }) => void keepSubscribed(db, clusterId, env.CFG_PUBLISHER, log),
    snapshotEvery: env.SNAPSHOT_EVERY,
    logDays: env.LOG_DAYS,
    traceDays: env.TRACE_DAYS,
    key,
    sealer: createSealer(env.SECRETS_KEY),
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
}

/** Tells whoever started this process how far it is, as a line of JSON. */
async function tell(fact: Record<string, unknown>): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(fact)}\n`));
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
