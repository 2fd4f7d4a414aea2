import { TextLineStream } from "../history/text_line_stream.ts";
import type { History } from "../history/history.ts";
import type { LabNetwork } from "../regions/lab_network.ts";
import type { Site } from "../regions/site.ts";

const PROGRAM = new URL("./health_watcher.ts", import.meta.url).pathname;
const FROM = ["eu-central", "us-east", "control"] as const;

/** Watches from every site which cells say that they are active. */
export class HealthWatch implements AsyncDisposable {
  readonly #children: Deno.ChildProcess[] = [];
  readonly #reading: Promise<void>[] = [];
  /** Notes what is heard; another for each run. */
  history: History | undefined;

  /** @param cells Origins of the cluster's cells, by site. */
  constructor(network: LabNetwork, cells: Partial<Record<Site, string>>) {
    const args = Object.entries(cells).map(([site, url]) => `${site}=${url}`);
    for (const from of FROM) {
      const [program, ...rest] = network.prefix(from);
      const child = new Deno.Command(program, {
        args: [...rest, Deno.execPath(), "run", "--quiet", "-A", PROGRAM, ...args],
        env: { ANTIPHON_LAB_WATCHER: "1" },
        stdin: "null",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      this.#children.push(child);
      this.#reading.push(this.#read(child, from));
    }
  }

  async #read(child: Deno.ChildProcess, from: Site): Promise<void> {
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(
      new TextLineStream(),
    );
    for await (const line of lines) {
      const { at, ...told } = JSON.parse(line);
      if (at !== undefined) this.history?.note({ kind: "health", from, ...told }, at);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill("SIGKILL");
    await Promise.all([...this.#children.map((child) => child.status), ...this.#reading]);
  }
}
