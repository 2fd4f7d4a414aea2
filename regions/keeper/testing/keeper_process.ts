import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../keeper.ts", import.meta.url));

/** A keeper's own process, as an operator would start it. */
export class KeeperProcess {
  readonly #file: string;
  readonly #log: string;
  #child: Deno.ChildProcess | undefined;

  /** @param log takes what it says on standard error */
  constructor(file: string, log: string) {
    this.#file = file;
    this.#log = log;
  }

  get pid(): number {
    return this.#child!.pid;
  }

  /** Starts it and waits until it serves. Rejects with its last words. */
  async start(): Promise<void> {
    const script = 'exec "$0" run -A --unstable-net "$1" 2>>"$2"';
    const child = new Deno.Command("/bin/sh", {
      args: ["-c", script, Deno.execPath(), PROGRAM, this.#log],
      env: { KEEPER_FILE: this.#file, LOG_LEVEL: "info" },
      stdin: "null",
      stdout: "piped",
    }).spawn();
    this.#child = child;
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    await reader.cancel();
    if (value?.includes('"ready"')) return;
    await child.status;
    this.#child = undefined;
    const words = (await Deno.readTextFile(this.#log)).trim().split("\n").at(-1);
    throw new Error(`The keeper did not start: ${words}`);
  }

  /** Sends a signal; with those that end it, waits for the end. */
  async signal(signal: Deno.Signal): Promise<void> {
    this.#child!.kill(signal);
    if (signal === "SIGSTOP" || signal === "SIGCONT") return;
    await this.#child!.status;
    this.#child = undefined;
  }

  /** Ends it if it runs. */
  async end(): Promise<void> {
    if (!this.#child) return;
    await this.signal("SIGCONT");
    await this.signal("SIGKILL");
  }
}
