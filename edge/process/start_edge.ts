import { basename, join, resolve } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { buildWorker } from "./build_worker.ts";
import type { EdgeEnvironment } from "./edge_environment.ts";
import { CLIENT_HEADER, FrontDoor } from "./front/front_door.ts";
import { FRONT_TIMES } from "./front/front_times.ts";
import { killOrphan } from "./kill_orphan.ts";
import { WEB_APP_FILES } from "./web_app_files.ts";
import { readPinnedKeys } from "./read_pinned_keys.ts";
import { readServiceKey } from "./read_service_key.ts";
import { untilConfigured } from "./until_configured.ts";
import { WORKER_FILES } from "./worker_files.ts";
import { workerdBinary } from "./workerd_binary.ts";
import { workerdConfig } from "./workerd_config.ts";
import { WorkerdKeeper } from "./workerd_keeper.ts";
import { WorkerdProcess } from "./workerd_process.ts";

/** A running edge. */
export interface RunningEdge {
  readonly port: number;
  /** The process id of workerd just now. */
  readonly workerdPid: number;
  /**
   * Replaces workerd, with the newest bundle, while the port stays open: nothing is refused. Agents'
   * sockets are cut and come again.
   * @throws AntiphonError `unavailable` when the new bundle does not run; the old one is back then
   */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where workerd listens, for the front alone. */
const INSIDE = "127.0.0.1";

/** What may be handed in. */
export interface StartEdgeOptions {
  log: Logger;
  /** Where the worker's own log lines go; by default to standard error. */
  writeLine?: (line: string) => void;
  /** Ends the start. */
  signal?: AbortSignal;
  /** The web app's files. */
  webApp?: string;
  /** Makes the newest bundle of the worker and says where it is. */
  build?: () => Promise<string>;
}

/** How long a restart waits for the answers to what was asked, in milliseconds. */
const DRAIN_MS = 2_000;

/**
 * Opens the edge's port, starts workerd behind it with the edge's worker, keeps it running, and
 * returns once it has a configuration, be it a stored one.
 * @throws AntiphonError `address_in_use`, `configuration_invalid`, `unavailable`
 */
export async function startEdge(
  environment: EdgeEnvironment,
  options: StartEdgeOptions,
): Promise<RunningEdge> {
  const { HOSTNAME, PORT, EDGE_ID, CONTROL_PLANE_URL, LOG_LEVEL } = environment;
  const { log, writeLine = toStandardError, webApp = WEB_APP_FILES.folder, build = newest } =
    options;
  const key = await readServiceKey(environment.SERVICE_KEY_FILE, `edge:${EDGE_ID}`);
  const pinned = await readPinnedKeys(environment.CONTROL_PLANE_KEYS_FILE);
  const binary = workerdBinary();
  const built = await build();
  const folder = resolve(environment.STATE_DIR);
  const at = (name: string) => join(folder, name);
  const [configFile, pidFile] = [at("workerd.capnp"), at("workerd.pid")];
  await makeFolders([folder, at("objects"), webApp]);
  if (await killOrphan(pidFile, configFile)) log.warn("workerd.orphan_killed");
  const door = new FrontDoor({ hostname: HOSTNAME, port: PORT, times: FRONT_TIMES, log });
  // workerd embeds a file by its path from the configuration; a copy also outlives the next build.
  const bundle = at(basename(WORKER_FILES.bundle));
  const launch = async () => {
    door.hold();
    const config = workerdConfig({
      address: `${INSIDE}:0`,
      bundle: basename(bundle),
      objects: at("objects"),
      webApp,
      values: {
        ...{ EDGE_ID, CONTROL_PLANE_URL, CONTROL_PLANE_KEYS: JSON.stringify(pinned) },
        ...{ LOG_LEVEL, ADDRESS_HEADER: CLIENT_HEADER },
      },
      secrets: ["SERVICE_KEY"],
    });
    await Deno.writeTextFile(configFile, config, { mode: 0o600 });
    const secrets = { SERVICE_KEY: JSON.stringify(key) };
    const workerd = await WorkerdProcess.start({ binary, configFile, secrets, log, writeLine });
    await Deno.writeTextFile(pidFile, String(workerd.child.pid));
    door.release({ hostname: INSIDE, port: workerd.port });
    return workerd;
  };
  let keeper: WorkerdKeeper;
  try {
    await Deno.copyFile(built, bundle);
    keeper = await WorkerdKeeper.start(launch, log);
  } catch (error) {
    await door.close();
    throw error;
  }
  const stop = async () => {
    await keeper.stop();
    await door.close();
    await Deno.remove(pidFile).catch(() => log.warn("workerd.no_pid_file"));
  };
  try {
    const host = HOSTNAME.includes(":") ? `[${HOSTNAME}]` : HOSTNAME;
    const signal = options.signal ?? new AbortController().signal;
    await untilConfigured(`http://${reachable(host)}:${door.port}/health`, log, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port: door.port,
    get workerdPid() {
      return keeper.pid;
    },
    async restart() {
      const startedAt = performance.now();
      const built = await build();
      const previous = `${bundle}.previous`;
      await Deno.copyFile(bundle, previous);
      await Deno.copyFile(built, bundle);
      const drain = async () => {
        door.hold();
        if (!await door.quiet(DRAIN_MS)) log.warn("edge.not_drained", { requests: door.inFlight });
      };
      try {
        await keeper.replace(drain);
      } catch (error) {
        await Deno.copyFile(previous, bundle);
        throw error;
      }
      log.info("edge.restarted", { afterMs: Math.round(performance.now() - startedAt) });
    },
    stop,
  };
}

async function newest(): Promise<string> {
  await buildWorker();
  return WORKER_FILES.bundle;
}

async function makeFolders(folders: string[]): Promise<void> {
  for (const folder of folders) {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
      throw new AntiphonError("configuration_invalid", `${folder} cannot be made`, { cause });
    });
  }
}

/** How this machine reaches what listens on every address. */
function reachable(host: string): string {
  return host === "0.0.0.0" ? "127.0.0.1" : host === "[::]" ? "[::1]" : host;
}

function toStandardError(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
