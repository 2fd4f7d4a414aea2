import { fileURLToPath } from "node:url";
import { readLines } from "../../local/processes/read_lines.ts";
import { settlesWithin } from "../../local/processes/settles_within.ts";
import { type LifeOrder, LifeReport } from "./life_report.ts";

const PROGRAM = fileURLToPath(new URL("./life.ts", import.meta.url));

/** A life's process: its modules are loaded before it gets its order. */
export class LifeProcess {
  readonly #child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", PROGRAM],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  readonly #ready = Promise.withResolvers<void>();
  readonly #read: Promise<void>;
  /** The last lines it logged. */
  readonly said: string[] = [];

  /** @param heard Called with every report but `loaded` and `ready`. */
  constructor(heard: (report: LifeReport) => void) {
    this.#read = Promise.all([this.#reports(heard), this.#logs()]).then(() => {});
    // What the ledger finds wrong is thrown where the life's readiness or end is awaited.
    this.#read.catch(this.#ready.reject);
    this.#ready.promise.catch(() => {});
  }

  /** Lets it begin; resolves when it owns the log. */
  async begin(order: LifeOrder): Promise<void> {
    const writer = this.#child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`));
    if (await settlesWithin(this.#ready.promise, 30_000)) {
      writer.releaseLock();
      return;
    }
    throw new Error(`A life was not ready within 30 s: ${this.said.join("\n")}`);
  }

  /** Kills it with SIGKILL and hears what it still said. */
  async kill(): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.ended();
  }

  /** Waits for its end; gives the exit code. */
  async ended(ms = 30_000): Promise<number> {
    if (!await settlesWithin(this.#child.status, ms)) {
      this.#child.kill("SIGKILL");
      throw new Error(`A life did not end within ${ms} ms: ${this.said.join("\n")}`);
    }
    await this.#read;
    await this.#child.stdin.close().catch(() => {});
    return (await this.#child.status).code;
  }

  async #reports(heard: (report: LifeReport) => void): Promise<void> {
    for await (const line of readLines(this.#child.stdout)) {
      const report = parse(line);
      if (report?.type === "ready") this.#ready.resolve();
      else if (report && report.type !== "loaded") heard(report);
    }
    this.#ready.reject(new Error(`A life ended before it was ready: ${this.said.join("\n")}`));
  }

  async #logs(): Promise<void> {
    for await (const line of readLines(this.#child.stderr)) {
      this.said.push(line);
      if (this.said.length > 50) this.said.shift();
    }
  }
}

/** A kill may cut the last line: what is not whole was not told. */
function parse(line: string): LifeReport | null {
  try {
    return LifeReport.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
