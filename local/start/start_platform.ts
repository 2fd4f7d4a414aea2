import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { createLogger, type Logger } from "../../protocol/telemetry/logger.ts";
import { ClusterDesk } from "../cluster/cluster_desk.ts";
import type { KeeperClient } from "../cluster/keeper_client.ts";
import { openKeepers } from "../cluster/open_keepers.ts";
import { serveConsole } from "../console/serve_console.ts";
import { controlPath } from "../control/control_path.ts";
import { PlatformProcesses } from "../control/platform_processes.ts";
import { serveControl } from "../control/serve_control.ts";
import { addressesOf } from "../layout/addresses.ts";
import { type Folders, makeFolders } from "../layout/folders.ts";
import { HOST } from "../layout/host.ts";
import { keptServersOf } from "../layout/kept_servers_of.ts";
import { type LocalState, removeLocalState, writeLocalState } from "../layout/local_state.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import { portPlan } from "../layout/port_plan.ts";
import { stopOrder } from "../layout/process_names.ts";
import { KeptServers } from "../postgres/kept_servers.ts";
import { LogFile } from "../processes/log_file.ts";
import { Supervisor } from "../processes/supervisor.ts";
import { demoSecretFile } from "../seed/demo_secrets.ts";
import type { DemoTenant } from "../seed/demo_tenant.ts";
import { seedDemo } from "../seed/seed_demo.ts";
import { checkMachine } from "./check_machine.ts";
import { checkPorts } from "./check_ports.ts";
import { layOut } from "./lay_out.ts";
import { lockData } from "./lock_data.ts";
import type { Platform } from "./platform.ts";
import type { PlatformOptions } from "./platform_options.ts";
import { speechNote } from "./speech_note.ts";
import { runRooms } from "./run_rooms.ts";
import { stateOf } from "./state_of.ts";
import { untilRedundant } from "./until_redundant.ts";

/**
 * Brings the whole platform up on this machine, each part a process of its own, and seeds the demo
 * tenant. Standbys come up behind it. When it fails or is aborted, everything that ran by then has
 * been stopped.
 * @throws AntiphonError with one sentence that says what failed and what to do;
 * `data.lastLines` may hold the end of a log
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const ports = portPlan(options.portBase ?? 7000);
  const folders = await makeFolders(options.dataFolder ?? ".antiphon");
  await checkMachine(folders.data);
  const lock = await lockData(folders.data);
  try {
    const layout = await layOut(folders, ports, options);
    return await bringUp(layout, options, lock);
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

async function bringUp(
  layout: PlatformLayout,
  options: PlatformOptions,
  lock: Disposable,
): Promise<Platform> {
  const { folders, secrets } = layout;
  const begun = performance.now();
  const say = options.say ?? (() => {});
  const { supervisor, log, ownLog } = makeSupervisor(folders, options);
  const servers = new KeptServers(keptServersOf(layout));
  await stopLeftOver(supervisor, servers, say);
  await removeLocalState(folders.data);
  checkPorts(layout);
  const note = await speechNote();
  if (note !== null) say(note);

  let demo: DemoTenant | null = null;
  const seed = async () => {
    if (options.seed === false) return;
    demo = await seedDemo(
      { controlPlaneUrl: addressesOf(layout).controlPlane, operator: secrets.operator },
      demoSecretFile(folders.secrets),
      {
        whatsappApiBase: `http://${HOST}:${layout.ports.console}/whatsapp/v23.0`,
        ...options.seed,
      },
    );
    say(`The demo tenant ${demo.name} is there`);
  };
  const processes = new PlatformProcesses(supervisor, servers);
  const served = new AsyncDisposableStack();
  const ending = new AbortController();
  let state: LocalState;
  let startStandbys: () => Promise<void>;
  let keepers: ReadonlyMap<string, KeeperClient>;
  let stopped: Promise<void> | undefined;
  const stopAll = () => {
    ending.abort();
    return stopped ??= supervisor.stopInOrder(stopOrder(layout.standby));
  };
  const abort = () => void stopAll();
  options.signal?.addEventListener("abort", abort);
  try {
    const build = options.programs === undefined;
    const urls = stateOf(layout, null, false).keeperUrls;
    keepers = await openKeepers(folders.secrets, urls);
    startStandbys = await runRooms({
      layout,
      supervisor,
      keepers,
      say,
      seed,
      build,
      signal: ending.signal,
    });
    options.signal?.throwIfAborted();
    state = stateOf(layout, demo, options.console !== false);
    const control = openControl(folders.data, processes, say);
    if (control) served.use(control);
    if (state.consoleUrl !== null) {
      const desk = new ClusterDesk({ state, dataFolder: folders.data, keepers, processes });
      served.use(serveConsole({
        ...{ state, supervisor: processes, log, port: layout.ports.console },
        clusters: layout.standby ? desk : undefined,
        dataFolder: folders.data,
      }));
    }
    await writeLocalState(folders.data, state);
  } catch (error) {
    await served.disposeAsync();
    await stopAll();
    ownLog.close();
    if (!options.signal?.aborted) throw error;
    throw new AntiphonError("unavailable", "Stopped while starting");
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }

  const redundant = layout.standby
    ? bringUpStandbys(startStandbys, [...keepers.values()], say, ending.signal)
    : Promise.resolve();
  redundant.catch((error) => {
    if (!ending.signal.aborted) log.warn("standby.not-started", { error });
  });
  return {
    state,
    startSeconds: (performance.now() - begun) / 1000,
    get autoRestart() {
      return supervisor.autoRestart;
    },
    set autoRestart(on: boolean) {
      supervisor.autoRestart = on;
    },
    redundant: () => redundant,
    processes: () => processes.statuses,
    kill: (name) => processes.kill(name),
    start: (name) => processes.start(name),
    stop: (name) => processes.stop(name),
    renew: (name) => processes.renew(name),
    [Symbol.asyncDispose]: async () => {
      await served.disposeAsync();
      await stopAll();
      await redundant.catch(() => {});
      await removeLocalState(folders.data);
      ownLog.close();
      lock[Symbol.dispose]();
    },
  };
}

async function bringUpStandbys(
  startStandbys: () => Promise<void>,
  keepers: readonly KeeperClient[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const onCluster = (id: string, standby: string) => say(`${id} has its standby in ${standby}`);
  await Promise.all([
    startStandbys(),
    untilRedundant({
      keepers: keepers.filter(({ site }) => site !== "control"),
      onCluster,
      signal,
    }),
  ]);
}

/** Without it the platform runs as well, but `deno task cluster` cannot kill or start anything. */
function openControl(
  dataFolder: string,
  processes: PlatformProcesses,
  say: (line: string) => void,
): AsyncDisposable | undefined {
  try {
    return serveControl(controlPath(dataFolder), processes);
  } catch (error) {
    if (!(error instanceof AntiphonError)) throw error;
    say(`${error.message}; drills and rolling restarts are not possible`);
    return undefined;
  }
}

/** Stops what a killed start has left: processes first, then servers that their keepers lost. */
async function stopLeftOver(
  supervisor: Supervisor,
  servers: KeptServers,
  say: (line: string) => void,
): Promise<void> {
  const left = [...await supervisor.stopOrphans(), ...await servers.stopLeftOver()];
  if (left.length > 0) say(`Stopped what an earlier start left running: ${left.join(", ")}`);
}

function makeSupervisor(
  folders: Folders,
  options: PlatformOptions,
): { supervisor: Supervisor; log: Logger; ownLog: LogFile } {
  const ownLog = new LogFile(join(folders.logs, "local.log"));
  const log = createLogger({ service: "local", write: (line) => ownLog.write(line) });
  const supervisor = new Supervisor({
    dataFolder: folders.data,
    logFolder: folders.logs,
    pidFolder: folders.run,
    log,
    autoRestart: options.autoRestart ?? true,
  });
  return { supervisor, log, ownLog };
}
