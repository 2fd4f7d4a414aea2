import { fileURLToPath } from "node:url";
import { until } from "../peers/until.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A task of the project, run as a person would run it. */
export class RunningCommand implements AsyncDisposable {
  output = "";
  readonly #child: Deno.ChildProcess;
  readonly #read: Promise<unknown>;

  constructor(...args: string[]) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", ...args],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#read = Promise.all([this.#child.stdout, this.#child.stderr].map(async (stream) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) this.output += text;
    }));
  }

  /** Waits until it has said something. */
  async says(text: string, timeoutMs = 60_000): Promise<void> {
    try {
      await until(`"${text}"`, () => this.output.includes(text), timeoutMs);
    } catch (error) {
      throw new Error(`It said: ${this.output}`, { cause: error });
    }
  }

  /** Sends a signal to the program behind the task. */
  async signal(signal: Deno.Signal): Promise<void> {
    for (const pid of await family(this.#child.pid)) {
      const command = await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
      if (/(local\/(start|call)|tests\/(demo|bench)\/main)\.ts/.test(command)) {
        Deno.kill(pid, signal);
      }
    }
  }

  /** Its exit code, once it has ended. */
  async ended(): Promise<number> {
    const { code } = await this.#child.status;
    await this.#read;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.signal("SIGTERM").catch(() => {});
    await this.ended();
  }
}

/** A process and what it started, without what has a session of its own. */
async function family(pid: number): Promise<number[]> {
  const children: number[] = [];
  const tasks = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  for (const child of tasks.split(" ").filter(Boolean)) {
    children.push(...await family(Number(child)));
  }
  return [pid, ...children];
}
