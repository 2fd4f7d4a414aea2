import { fileURLToPath } from "node:url";
import { readLines } from "../../../local/processes/read_lines.ts";
import { settlesWithin } from "../../../local/processes/settles_within.ts";
import { type FlowLifeOrder, FlowLifeReport, type Instance } from "./flow_life_report.ts";

const PROGRAM = fileURLToPath(new URL("./flow_life.ts", import.meta.url));
/** Time that one report may take, in milliseconds. */
const LATE_MS = 120_000;

type ReportOf<T extends FlowLifeReport["type"]> = Extract<FlowLifeReport, { type: T }>;

/** A life's process, which is told what to do and heard. */
export class FlowLifeProcess {
  readonly #child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", PROGRAM],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  readonly #writer = this.#child.stdin.getWriter();
  readonly #instances = new Map<string, Instance>();
  readonly #reports: FlowLifeReport[] = [];
  readonly #read: Promise<void>;
  #heard = Promise.withResolvers<void>();
  #over = false;
  readonly #said: string[] = [];

  constructor() {
    this.#read = Promise.all([this.#hear(), this.#logs()]).then(() => {
      this.#over = true;
      this.#heard.resolve();
    });
  }

  async tell(order: FlowLifeOrder): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`));
  }

  /** The next report of a kind that was not taken yet. @throws Error when none comes in time */
  async next<T extends FlowLifeReport["type"]>(type: T): Promise<ReportOf<T>> {
    for (;;) {
      const i = this.#reports.findIndex((report) => report.type === type);
      if (i >= 0) return this.#reports.splice(i, 1)[0] as ReportOf<T>;
      const heard = this.#over ? false : await settlesWithin(this.#heard.promise, LATE_MS);
      if (!heard) throw new Error(`A life never told "${type}": ${this.#said.join("\n")}`);
    }
  }

  /** Where each instance stood when it last told, which is forgotten. */
  instances(): Map<string, Instance> {
    const told = new Map(this.#instances);
    this.#instances.clear();
    return told;
  }

  /** Kills it with SIGKILL. */
  async kill(): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#read;
    await this.#writer.close().catch(() => {});
  }

  async #hear(): Promise<void> {
    for await (const line of readLines(this.#child.stdout)) {
      try {
        const report = FlowLifeReport.parse(JSON.parse(line));
        if (report.type === "instance") this.#instances.set(report.instance.id, report.instance);
        else this.#reports.push(report);
      } catch (error) {
        // A kill may cut the last line.
        if (!(error instanceof SyntaxError)) throw error;
      }
      const heard = this.#heard;
      this.#heard = Promise.withResolvers();
      heard.resolve();
    }
  }

  async #logs(): Promise<void> {
    for await (const line of readLines(this.#child.stderr)) {
      this.#said.push(line);
      if (this.#said.length > 50) this.#said.shift();
    }
  }
}
