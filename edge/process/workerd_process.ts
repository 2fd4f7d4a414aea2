import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { linesOf } from "./lines_of.ts";

/** How to start workerd. */
export interface WorkerdStart {
  binary: string;
  configFile: string;
  /** Environment variables that the configuration refers to. */
  secrets: Record<string, string>;
  log: Logger;
  /** Where the worker's own log lines go. */
  writeLine: (line: string) => void;
}

const LISTEN_MS = 30_000;

/** A running workerd. */
export class WorkerdProcess {
  private constructor(
    readonly child: Deno.ChildProcess,
    readonly port: number,
    readonly drained: Promise<unknown>,
  ) {}

  /**
   * Starts workerd and waits until its socket listens.
   * @throws AntiphonError `unavailable` when it ends instead, or does not listen in time
   */
  static async start(start: WorkerdStart): Promise<WorkerdProcess> {
    const child = new Deno.Command(start.binary, {
      args: ["serve", "--control-fd=1", start.configFile],
      env: start.secrets,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const last: string[] = [];
    const listening = Promise.withResolvers<number>();
    const output = Promise.all([
      control(child.stdout, listening.resolve, start.log),
      errors(child.stderr, start, last),
    ]);
    const timer = setTimeout(() => listening.reject(late(last)), LISTEN_MS);
    child.status.then(async () => {
      await output;
      listening.reject(late(last));
    });
    try {
      return new WorkerdProcess(child, await listening.promise, output);
    } catch (error) {
      kill(child);
      await Promise.all([child.status, output]);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Kills it. A gentler signal would have it wait for sockets that never end; its databases are made
   * to be killed.
   */
  async stop(): Promise<void> {
    kill(this.child);
    await Promise.all([this.child.status, this.drained]);
  }
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended already.
  }
}

async function control(
  stdout: ReadableStream<Uint8Array>,
  listening: (port: number) => void,
  log: Logger,
): Promise<void> {
  for await (const line of linesOf(stdout)) {
    const match = /^\{"event":"listen","socket":"http","port":(\d+)\}$/.exec(line);
    if (match) listening(Number(match[1]));
    else log.debug("workerd.output", { line });
  }
}

async function errors(
  stderr: ReadableStream<Uint8Array>,
  { log, writeLine }: WorkerdStart,
  last: string[],
): Promise<void> {
  for await (const line of linesOf(stderr)) {
    if (line.startsWith('{"at":')) {
      writeLine(line);
      continue;
    }
    log.warn("workerd.output", { line });
    last.push(line);
    if (last.length > 20) last.shift();
  }
}

function late(last: string[]): AntiphonError {
  const why = last.at(-1) ?? "it said nothing";
  return new AntiphonError("unavailable", `workerd did not start to listen: ${why}`, {
    data: { lastLines: last },
  });
}
