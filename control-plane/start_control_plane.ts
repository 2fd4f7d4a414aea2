import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../protocol/ids/uuid_v7.ts";
import { PrivateServiceKey } from "../protocol/service_token/service_key.ts";
import { Counters } from "../protocol/telemetry/counters.ts";
import { createLogger, type Logger } from "../protocol/telemetry/logger.ts";
import { Deployment } from "../protocol/topology/deployment.ts";
import type { ControlPlaneContext } from "./control_plane_context.ts";
import { migrateDatabase } from "./database/migrate_database.ts";
import { type Database, openDatabase } from "./database/open_database.ts";
import { within } from "./deadlines/within.ts";
import { applyDeployment } from "./deployment/apply_deployment.ts";
import { controlPlaneApp } from "./http/control_plane_app.ts";
import { forgetExpired } from "./idempotency/forget_expired.ts";
import { publicKeyOf } from "./keys/public_key_of.ts";
import { createSealer } from "./secrets/sealer.ts";
import type { Environment } from "./settings/read_environment.ts";
import { readJsonFile } from "./settings/read_json_file.ts";
import { ChangeSignal } from "./snapshots/change_signal.ts";
import { listenForChanges } from "./snapshots/listen_for_changes.ts";

/** How often expired idempotency records are deleted, in milliseconds. */
const FORGET_MS = 10 * 60_000;
/** How long requests under way may take when the process stops, in milliseconds. */
const DRAIN_MS = 10_000;

/** A control plane that runs. */
export interface RunningControlPlane {
  port: number;
  /** Answers what is under way, then lets everything go. */
  stop(): Promise<void>;
}

/**
 * Starts the control plane: settings, database, deployment, then HTTP.
 * @throws AntiphonError `configuration_invalid`, `database_unavailable` or `address_in_use`
 */
export async function startControlPlane(env: Environment): Promise<RunningControlPlane> {
  const log = createLogger({ service: "control-plane", level: env.LOG_LEVEL });
  const key = await readJsonFile(env.SERVICE_KEY_FILE, PrivateServiceKey, "SERVICE_KEY_FILE");
  if (key.service !== "control-plane") {
    throw new AntiphonError("configuration_invalid", "SERVICE_KEY_FILE is another service's key");
  }
  const deployment = await readJsonFile(env.DEPLOYMENT_FILE, Deployment, "DEPLOYMENT_FILE");
  const sealer = createSealer(env.SECRETS_KEY);
  const database = await openDatabase(env.DATABASE_URL);
  const stopping = new AbortController();
  try {
    await migrateDatabase(database.db);
    await applyDeployment(database.db, deployment, publicKeyOf(key));
    const context: ControlPlaneContext = {
      db: database.db,
      deployment,
      key,
      operator: { clientId: env.OPERATOR_CLIENT_ID, clientSecret: env.OPERATOR_CLIENT_SECRET },
      sealer,
      changes: new ChangeSignal(),
      log,
      counters: new Counters(),
      now: Date.now,
      newId: uuidV7(),
      stopping: stopping.signal,
    };
    await warnOfUnboundedSlots(database, log);
    const unlisten = await listenForChanges(database.sql, context.changes, log);
    const server = serve(env, context);
    const forgetting = setInterval(() => {
      forgetExpired(context).catch((error) => log.warn("idempotency.forget-failed", { error }));
    }, FORGET_MS);
    const { port } = server.addr;
    log.info("control-plane.started", { port });
    return {
      port,
      stop: async () => {
        clearInterval(forgetting);
        stopping.abort();
        await drained(server, log);
        await unlisten();
        await database.close();
        log.info("control-plane.stopped");
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function serve(env: Environment, context: ControlPlaneContext): Deno.HttpServer<Deno.NetAddr> {
  const app = controlPlaneApp(context);
  try {
    const options = { hostname: env.HOSTNAME, port: env.PORT, onListen: () => {} };
    return Deno.serve(options, (request, info) => app.fetch(request, info));
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    const message = `Port ${env.PORT} is taken: stop what uses it or set PORT`;
    throw new AntiphonError("address_in_use", message, { cause });
  }
}

async function drained(server: Deno.HttpServer, log: Logger): Promise<void> {
  await within(DRAIN_MS, server.shutdown()).catch((error) => {
    log.warn("control-plane.cut-short", { error });
  });
}

/** A subscriber that is away keeps the publisher's log on disk; without a limit, until it is full. */
async function warnOfUnboundedSlots({ sql }: Database, log: Logger): Promise<void> {
  const [{ max_slot_wal_keep_size }] = await sql`show max_slot_wal_keep_size`;
  if (max_slot_wal_keep_size === "-1") {
    log.warn("database.slots-unbounded", {
      advice: "Set max_slot_wal_keep_size: a cluster that is away may fill the disk",
    });
  }
}
