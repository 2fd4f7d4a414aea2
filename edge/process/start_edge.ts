import { basename, join, resolve } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { buildWorker } from "./build_worker.ts";
import type { EdgeEnvironment } from "./edge_environment.ts";
import { killOrphan } from "./kill_orphan.ts";
import { WEB_APP_FILES } from "./web_app_files.ts";
import { readPinnedKeys } from "./read_pinned_keys.ts";
import { readServiceKey } from "./read_service_key.ts";
import { requireFreePort } from "./require_free_port.ts";
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
  stop(): Promise<void>;
}

/** What may be handed in. */
export interface StartEdgeOptions {
  log: Logger;
  /** Where the worker's own log lines go; by default to standard error. */
  writeLine?: (line: string) => void;
  /** Ends the start. */
  signal?: AbortSignal;
  /** The web app's files. */
  webApp?: string;
}

/** How long a killed orphan may take to give its port back. */
const ORPHAN_MS = 5_000;

/**
 * Starts workerd with the edge's worker, keeps it running, and returns once it listens and has a
 * configuration, be it a stored one.
 * @throws AntiphonError `address_in_use`, `configuration_invalid`, `unavailable`
 */
export async function startEdge(
  environment: EdgeEnvironment,
  options: StartEdgeOptions,
): Promise<RunningEdge> {
  const { HOSTNAME, PORT, EDGE_ID, CONTROL_PLANE_URL, LOG_LEVEL } = environment;
  const { log, writeLine = toStandardError, webApp = WEB_APP_FILES.folder } = options;
  const key = await readServiceKey(environment.SERVICE_KEY_FILE, `edge:${EDGE_ID}`);
  const pinned = await readPinnedKeys(environment.CONTROL_PLANE_KEYS_FILE);
  const binary = workerdBinary();
  await buildWorker();
  const folder = resolve(environment.STATE_DIR);
  const at = (name: string) => join(folder, name);
  const [configFile, pidFile] = [at("workerd.capnp"), at("workerd.pid")];
  await makeFolders([folder, at("objects"), webApp]);
  const orphan = await killOrphan(pidFile, configFile);
  if (orphan) log.warn("workerd.orphan_killed");
  await requireFreePort(HOSTNAME, PORT, orphan ? ORPHAN_MS : 0);
  // workerd embeds a file by its path from the configuration; a copy also outlives the next build.
  await Deno.copyFile(WORKER_FILES.bundle, at(basename(WORKER_FILES.bundle)));

  const host = HOSTNAME.includes(":") ? `[${HOSTNAME}]` : HOSTNAME;
  const keeper = await WorkerdKeeper.start(PORT, async (port) => {
    const config = workerdConfig({
      address: `${host}:${port}`,
      bundle: basename(WORKER_FILES.bundle),
      objects: at("objects"),
      webApp,
      values: { EDGE_ID, CONTROL_PLANE_URL, CONTROL_PLANE_KEYS: JSON.stringify(pinned), LOG_LEVEL },
      secrets: ["SERVICE_KEY"],
    });
    await Deno.writeTextFile(configFile, config, { mode: 0o600 });
    const secrets = { SERVICE_KEY: JSON.stringify(key) };
    const workerd = await WorkerdProcess.start({ binary, configFile, secrets, log, writeLine });
    await Deno.writeTextFile(pidFile, String(workerd.child.pid));
    return workerd;
  }, log);
  const stop = async () => {
    await keeper.stop();
    await Deno.remove(pidFile).catch(() => log.warn("workerd.no_pid_file"));
  };
  try {
    const signal = options.signal ?? new AbortController().signal;
    await untilConfigured(`http://${reachable(host)}:${keeper.port}/health`, log, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port: keeper.port,
    get workerdPid() {
      return keeper.pid;
    },
    stop,
  };
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
