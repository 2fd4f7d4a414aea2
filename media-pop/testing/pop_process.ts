import { fileURLToPath } from "node:url";
import { Watched } from "./watched.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** A PoP as a process of its own; for tests. */
export class PopProcess {
  /** JSON lines of standard output and standard error. */
  readonly lines = new Watched<Record<string, unknown>>();
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<unknown>;

  constructor(environment: Record<string, string>) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--unstable-net", MAIN],
      env: environment,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#reading = Promise.all([this.#read(this.#child.stdout), this.#read(this.#child.stderr)]);
  }

  /** Waits for the ready line: HTTP port and SIP ports by transport. */
  async ready(): Promise<{ port: number; udp: number; tcp: number }> {
    const line = await this.lines.first(
      ({ event }) => event === "ready" || event === "fatal",
      "the ready line",
      0,
      20_000,
    );
    if (line.event !== "ready") throw new Error(JSON.stringify(line));
    const [udp, tcp] = (line.sip as string[]).map((text) => Number(text.split(":").at(-1)));
    return { port: line.port as number, udp, tcp };
  }

  /** Sends a signal and waits for the exit code. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<number> {
    this.#child.kill(signal);
    return await this.exit();
  }

  /** Waits for the exit code. */
  async exit(): Promise<number> {
    const { code } = await this.#child.status;
    await this.#reading;
    return code;
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.startsWith("{")) this.lines.push(JSON.parse(line));
      }
    }
  }
}
