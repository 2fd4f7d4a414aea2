import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { backoffMs } from "./backoff_ms.ts";
import { endGroup } from "./end_group.ts";
import { fatalLine } from "./fatal_line.ts";
import type { LogFile } from "./log_file.ts";
import type { PidFiles } from "./pid_files.ts";
import type { ProcessPlan } from "./process_plan.ts";
import type { ProcessState, ProcessStatus } from "./process_status.ts";
import { readLines } from "./read_lines.ts";
import { settlesWithin } from "./settles_within.ts";

/** What a {@linkcode SupervisedProcess} works with. */
export interface SupervisedProcessOptions {
  log: Logger;
  logFile: LogFile;
  pidFiles: PidFiles;
  /** Whether a process that ended by itself is started again. */
  autoRestart: () => boolean;
  onChange?: () => void;
}

/** After this long without a fall, the next restart comes quickly again. */
const STEADY_MS = 30_000;

/**
 * One child process, in a process group of its own so that the terminal's Ctrl-C does not reach
 * it. It is started again, with growing pauses, when it ends without having been asked to.
 */
export class SupervisedProcess {
  readonly plan: ProcessPlan;
  readonly #options: SupervisedProcessOptions;
  #child: Deno.ChildProcess | undefined;
  #ended: Promise<Deno.CommandStatus> | undefined;
  #state: ProcessState = "stopped";
  #since = Date.now();
  #restarts = 0;
  #falls = 0;
  #endPause: (() => void) | undefined;
  #onLine: ((line: string) => void) | undefined;

  constructor(plan: ProcessPlan, options: SupervisedProcessOptions) {
    this.plan = plan;
    this.#options = options;
  }

  get status(): ProcessStatus {
    return {
      name: this.plan.name,
      state: this.#state,
      pid: this.#child?.pid ?? null,
      restarts: this.#restarts,
      since: this.#since,
    };
  }

  /**
   * Starts it and waits until it is ready.
   * @throws AntiphonError `unavailable` when it ends before that, `deadline_exceeded` when it takes
   * too long; `data.lastLines` holds the end of its log
   */
  async start(): Promise<void> {
    if (this.#state === "ready") return;
    if (this.#child || this.#state === "starting") {
      throw new AntiphonError("conflict", `${this.plan.name} is ${this.#state} already`);
    }
    try {
      await this.#launch();
    } catch (error) {
      if (this.#is("starting")) this.#to("failed");
      throw error;
    }
  }

  /** Stops it cleanly; kills it when it does not end in time. It stays down. */
  async stop(): Promise<void> {
    await this.#end(this.plan.stopSignal, this.plan.stopSeconds);
  }

  /** Kills it with SIGKILL. It stays down until it is started again. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL", 10);
  }

  /**
   * Has it replace itself while it serves; settles when it has.
   * @throws AntiphonError `conflict` when it cannot or does not run, `unavailable` when it failed,
   * `deadline_exceeded`
   */
  async renew(): Promise<void> {
    const { name, renewal } = this.plan;
    const child = this.#child;
    if (!renewal || !child || this.#state !== "ready" || this.#onLine) {
      throw new AntiphonError("conflict", `${name} cannot be renewed now`);
    }
    const ended = Promise.withResolvers<"done" | "failed">();
    this.#onLine = (line) => {
      const how = renewal.ended(line);
      if (how) ended.resolve(how);
    };
    try {
      send(child, renewal.signal);
      const first = Promise.race([ended.promise, child.status.then(() => "failed" as const)]);
      if (!await settlesWithin(first, renewal.seconds * 1000)) {
        throw this.#failure(
          "deadline_exceeded",
          `${name} was not renewed within ${renewal.seconds} s`,
        );
      }
      if (await first === "failed") throw this.#failure("unavailable", `${name} was not renewed`);
    } finally {
      this.#onLine = undefined;
    }
  }

  async #end(signal: Deno.Signal, seconds: number): Promise<void> {
    this.#to("stopping");
    this.#endPause?.();
    const child = this.#child;
    if (child) {
      send(child, signal);
      if (!await settlesWithin(child.status, seconds * 1000)) {
        this.#options.log.warn("process.killed", {
          process: this.plan.name,
          afterSeconds: seconds,
        });
        send(child, "SIGKILL");
      }
      await this.#ended;
    }
    this.#to("stopped");
  }

  async #launch(): Promise<void> {
    const { plan } = this;
    this.#to("starting");
    await plan.prepare?.();
    if (!this.#is("starting")) throw stoppedMeanwhile(plan.name);
    const child = this.#spawn();
    this.#child = child;
    const ready = Promise.withResolvers<void>();
    const drained = Promise.all(
      [child.stdout, child.stderr].map((stream) => this.#drain(stream, ready.resolve)),
    );
    this.#ended = this.#watch(child, drained);
    await this.#options.pidFiles.note(plan.name, child.pid, plan.stopSignal);
    const ended = this.#ended;
    const first = Promise.race([ready.promise, ended]);
    if (!await settlesWithin(first, plan.readySeconds * 1000)) {
      send(child, "SIGKILL");
      await ended;
      throw this.#failure(
        "deadline_exceeded",
        `${plan.name} was not ready within ${plan.readySeconds} s`,
      );
    }
    const status = await first;
    // A command that runs another has made way for it by now.
    if (!status) await this.#options.pidFiles.note(plan.name, child.pid, plan.stopSignal);
    if (!status && this.#child === child) {
      if (this.#is("starting")) this.#to("ready");
      return;
    }
    const { signal, code } = status ?? await ended;
    const how = signal ? `by ${signal}` : `with exit code ${code}`;
    const when = status ? "before it was ready" : "as soon as it was ready";
    throw this.#failure("unavailable", `${plan.name} ended ${how} ${when}`);
  }

  async #drain(stream: ReadableStream<Uint8Array>, ready: () => void): Promise<void> {
    try {
      for await (const line of readLines(stream)) {
        this.#options.logFile.write(line);
        if (this.plan.isReady(line)) ready();
        this.#onLine?.(line);
      }
    } catch (error) {
      this.#options.log.warn("process.output-lost", { process: this.plan.name, error });
    }
  }

  #spawn(): Deno.ChildProcess {
    const { plan } = this;
    try {
      return new Deno.Command(plan.command, {
        args: [...plan.args],
        env: { ...plan.env },
        ...(plan.cwd === undefined ? {} : { cwd: plan.cwd }),
        ...(plan.uid === undefined ? {} : { uid: plan.uid, gid: plan.gid }),
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
        detached: true,
      }).spawn();
    } catch (cause) {
      throw new AntiphonError("unavailable", `${plan.name} cannot be run: ${plan.command}`, {
        cause,
      });
    }
  }

  async #watch(child: Deno.ChildProcess, drained: Promise<unknown>): Promise<Deno.CommandStatus> {
    const status = await child.status;
    endGroup(child.pid);
    // Grandchildren in other groups may hold the pipes open; the last lines come within moments.
    await settlesWithin(drained, 500);
    await this.#options.pidFiles.forget(this.plan.name);
    this.#child = undefined;
    if (this.#state === "ready") {
      const { log, autoRestart } = this.#options;
      const { code, signal } = status;
      log.warn("process.ended", { process: this.plan.name, code, signal });
      if (Date.now() - this.#since > STEADY_MS) this.#falls = 0;
      const asked = code === this.plan.againCode;
      if (asked || autoRestart()) void this.#restart(asked);
      else this.#to("stopped");
    }
    return status;
  }

  /** @param asked It has asked for it: the first time comes at once, and restarts may be off. */
  async #restart(asked: boolean): Promise<void> {
    const { log, autoRestart } = this.#options;
    for (;;) {
      this.#to("restarting");
      const falls = this.#falls++;
      await this.#rest(asked ? falls === 0 ? 0 : backoffMs(falls - 1) : backoffMs(falls));
      if (!this.#is("restarting")) return;
      if (!asked && !autoRestart()) return this.#to("stopped");
      this.#restarts++;
      try {
        await this.#launch();
        log.info("process.restarted", { process: this.plan.name, restarts: this.#restarts });
        return;
      } catch (error) {
        if (!this.#is("starting")) return;
        log.warn("process.restart-failed", { process: this.plan.name, error });
      }
    }
  }

  #rest(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endPause = resolve;
    return promise.finally(() => clearTimeout(timer));
  }

  #failure(code: "unavailable" | "deadline_exceeded", what: string): AntiphonError {
    const lastLines = [...this.#options.logFile.lastLines];
    const reason = fatalLine(lastLines);
    return new AntiphonError(code, reason ? `${what}: ${reason}` : what, {
      data: { process: this.plan.name, lastLines, ...(reason ? { reason } : {}) },
    });
  }

  #is(state: ProcessState): boolean {
    return this.#state === state;
  }

  #to(state: ProcessState): void {
    this.#state = state;
    this.#since = Date.now();
    this.#options.onChange?.();
  }
}

function stoppedMeanwhile(name: string): AntiphonError {
  return new AntiphonError("unavailable", `${name} was stopped while it started`);
}

/** Each child leads a session of its own: SIGKILL takes what it started along, as a crash would. */
function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    if (signal === "SIGKILL") Deno.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    // It ended by itself a moment ago.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}
