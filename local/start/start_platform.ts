import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { createLogger, type Logger } from "../../protocol/telemetry/logger.ts";
import { serveConsole, type ServedConsole } from "../console/serve_console.ts";
import { type Folders, makeFolders } from "../layout/folders.ts";
import { type LocalState, removeLocalState, writeLocalState } from "../layout/local_state.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import { portPlan } from "../layout/port_plan.ts";
import { STOP_ORDER } from "../layout/stop_order.ts";
import { HOST } from "../layout/host.ts";
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

/**
 * Brings the whole platform up on this machine, each part a process of its own, and seeds the demo
 * tenant. When it fails or is aborted, everything that ran by then has been stopped.
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
  const { folders, ports, secrets } = layout;
  const begun = performance.now();
  const say = options.say ?? (() => {});
  const { supervisor, log, ownLog } = makeSupervisor(folders, options);
  const orphans = await supervisor.stopOrphans();
  if (orphans.length > 0) say(`Stopped what an earlier start left running: ${orphans.join(", ")}`);
  await removeLocalState(folders.data);
  checkPorts(ports);
  const note = await speechNote();
  if (note !== null) say(note);

  let demo: DemoTenant | null = null;
  const seed = async () => {
    if (options.seed === false) return;
    const target = { controlPlaneUrl: `http://${HOST}:${ports.controlPlane}` };
    demo = await seedDemo(
      { ...target, operator: secrets.operator },
      demoSecretFile(folders.secrets),
      { whatsappApiBase: `http://${HOST}:${ports.console}/whatsapp/v23.0`, ...options.seed },
    );
    say(`The demo tenant ${demo.name} is there`);
  };
  let state: LocalState;
  let page: ServedConsole | undefined;
  let stopped: Promise<void> | undefined;
  const stopAll = () => stopped ??= supervisor.stopInOrder(STOP_ORDER);
  const abort = () => void stopAll();
  options.signal?.addEventListener("abort", abort);
  try {
    const build = options.programs === undefined;
    await runRooms({ layout, supervisor, say, seed, build });
    options.signal?.throwIfAborted();
    state = stateOf(layout, demo, options.console !== false);
    if (state.consoleUrl !== null) {
      page = serveConsole({
        ...{ state, supervisor, log, port: ports.console },
        dataFolder: folders.data,
      });
    }
    await writeLocalState(folders.data, state);
  } catch (error) {
    await page?.[Symbol.asyncDispose]();
    await stopAll();
    ownLog.close();
    if (!options.signal?.aborted) throw error;
    throw new AntiphonError("unavailable", "Stopped while starting");
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }

  return {
    state,
    startSeconds: (performance.now() - begun) / 1000,
    get autoRestart() {
      return supervisor.autoRestart;
    },
    set autoRestart(on: boolean) {
      supervisor.autoRestart = on;
    },
    processes: () => supervisor.statuses,
    kill: (name) => supervisor.kill(name),
    start: (name) => supervisor.start(name),
    stop: (name) => supervisor.stop(name),
    [Symbol.asyncDispose]: async () => {
      await page?.[Symbol.asyncDispose]();
      await stopAll();
      await removeLocalState(folders.data);
      ownLog.close();
      lock[Symbol.dispose]();
    },
  };
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

function stateOf(
  { ports }: PlatformLayout,
  demo: DemoTenant | null,
  withConsole: boolean,
): LocalState {
  const url = (port: number) => `http://${HOST}:${port}`;
  return {
    pid: Deno.pid,
    controlPlaneUrl: url(ports.controlPlane),
    edgeUrl: url(ports.edge),
    consoleUrl: withConsole ? url(ports.console) : null,
    cellUrls: { E39: url(ports.cells.E39), C14: url(ports.cells.C14) },
    popUrls: { FRA: url(ports.pops.FRA.http), NYC: url(ports.pops.NYC.http) },
    sip: {
      FRA: `${HOST}:${ports.pops.FRA.sip}`,
      NYC: `${HOST}:${ports.pops.NYC.sip}`,
    },
    demo,
  };
}
