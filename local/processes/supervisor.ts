import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { LogFile } from "./log_file.ts";
import { MARK } from "./marked_processes.ts";
import { PidFiles } from "./pid_files.ts";
import type { ProcessPlan } from "./process_plan.ts";
import type { ProcessStatus } from "./process_status.ts";
import { stopOrphans } from "./stop_orphans.ts";
import { SupervisedProcess } from "./supervised_process.ts";

/** Where a {@linkcode Supervisor} keeps its files, and whether it restarts what falls. */
export interface SupervisorOptions {
  dataFolder: string;
  logFolder: string;
  pidFolder: string;
  log: Logger;
  autoRestart?: boolean;
}

/** The platform's child processes by name. */
export class Supervisor {
  /** Whether processes that end by themselves are started again. May be switched at any time. */
  autoRestart: boolean;
  readonly #options: SupervisorOptions;
  readonly #pidFiles: PidFiles;
  readonly #processes = new Map<string, SupervisedProcess>();
  readonly #logFiles: LogFile[] = [];
  readonly #watchers = new Set<() => void>();
  #closed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#pidFiles = new PidFiles(options.pidFolder);
    this.autoRestart = options.autoRestart ?? true;
  }

  /** Stops what an earlier, killed start left behind; gives the names. */
  stopOrphans(): Promise<string[]> {
    return stopOrphans(this.#pidFiles, this.#options.dataFolder);
  }

  /**
   * Starts a new process and waits until it is ready.
   * @throws AntiphonError `unavailable` as `SupervisedProcess.start` does, and once it is closed
   */
  async run(plan: ProcessPlan): Promise<void> {
    if (this.#closed) throw new AntiphonError("unavailable", "The platform is being stopped");
    const { logFolder, log, dataFolder } = this.#options;
    if (this.#processes.has(plan.name)) {
      throw new AntiphonError("conflict", `There is a process named ${plan.name} already`);
    }
    const logFile = new LogFile(join(logFolder, `${plan.name}.log`));
    this.#logFiles.push(logFile);
    const marked = { ...plan, env: { ...plan.env, [MARK]: dataFolder } };
    const process = new SupervisedProcess(marked, {
      log,
      logFile,
      pidFiles: this.#pidFiles,
      autoRestart: () => this.autoRestart,
      onChange: () => this.#watchers.forEach((watcher) => watcher()),
    });
    this.#processes.set(plan.name, process);
    await process.start();
  }

  get statuses(): ProcessStatus[] {
    return [...this.#processes.values()].map((process) => process.status);
  }

  /** Calls back after every change of a process's state; returns how to end that. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Starts a stopped or killed process and waits until it is ready. */
  start(name: string): Promise<void> {
    return this.#find(name).start();
  }

  /** Kills a process with SIGKILL; it stays down until `start`. */
  kill(name: string): Promise<void> {
    return this.#find(name).kill();
  }

  /** Stops a process cleanly; it stays down until `start`. */
  stop(name: string): Promise<void> {
    return this.#find(name).stop();
  }

  /** Has a process replace itself while it serves. @throws AntiphonError as `renew` does */
  renew(name: string): Promise<void> {
    return this.#find(name).renew();
  }

  /** Starts nothing new from now on. */
  close(): void {
    this.#closed = true;
    this.autoRestart = false;
  }

  /** Stops the processes of one stage after those of the stage before. Unknown names are skipped. */
  async stopInOrder(stages: readonly (readonly string[])[]): Promise<void> {
    this.close();
    for (const stage of stages) {
      const known = stage.flatMap((name) => this.#processes.get(name) ?? []);
      await Promise.all(known.map((process) => process.stop()));
    }
    for (const file of this.#logFiles) file.close();
  }

  #find(name: string): SupervisedProcess {
    const process = this.#processes.get(name);
    if (process) return process;
    const known = [...this.#processes.keys()].join(", ");
    throw new AntiphonError("not_found", `No process is named ${name}; there are ${known}`);
  }
}
