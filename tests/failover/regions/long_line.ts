import { join } from "node:path";
import { run } from "../../peers/run.ts";
import { until } from "../../peers/until.ts";
import { device, type Site } from "./site.ts";

/** One way from here to there takes this long, in milliseconds. */
export const LINE_MS = 40;
const ANSWER_MS = 2_000;

/** Where a line lies. */
export interface LinePlan {
  ends: readonly [Site, Site];
  /** The third number of its network, 10.90.N.0/24. */
  network: number;
  /** Names of the ends' network namespaces. */
  names: readonly [string, string];
  /** Where sockets are made. */
  folder: string;
}

/**
 * A long line between two sites: a tap device at each, and a program between them that holds every
 * frame back for a while (wirefilter of the VDE tools; kernels without netem have nothing else).
 */
export class LongLine {
  private constructor(readonly plan: LinePlan) {}

  /** A hand on a line that lies already. */
  static attach(plan: LinePlan): LongLine {
    return new LongLine(plan);
  }

  static async lay(plan: LinePlan): Promise<LongLine> {
    const { ends, names, network } = plan;
    const line = new LongLine(plan);
    for (const [i, name] of names.entries()) {
      const far = ends[1 - i];
      const args = ["-x", "-s", line.#socket(i), "-t", device(far), "-d"];
      await run("ip", ["netns", "exec", name, "vde_switch", ...args]);
      const address = `10.90.${network}.${i + 1}/24`;
      // The switch makes its device after it has gone to the background.
      await until(`the device at ${name}`, async () => {
        await run("ip", ["-n", name, "addr", "add", address, "dev", device(far)]);
        return true;
      });
      await run("ip", ["-n", name, "link", "set", device(far), "up", "txqueuelen", "2000"]);
    }
    const between = `${line.#socket(0)}:${line.#socket(1)}`;
    const args = ["-v", between, "-d", String(LINE_MS), "-M", line.#management, "--daemon"];
    await run("ip", ["netns", "exec", names[0], "wirefilter", ...args]);
    await until("the line's management", () => line.#tell(`delay ${LINE_MS}`).then(() => true));
    return line;
  }

  /** Changes how long frames take one way, in milliseconds, and how many are lost, in percent. */
  async set({ delayMs = LINE_MS, lossPercent = 0 } = {}): Promise<void> {
    await this.#tell(`delay ${delayMs}`);
    await this.#tell(`loss ${lossPercent}`);
  }

  #socket(end: number): string {
    return join(this.plan.folder, `line-${this.plan.network}-${end}`);
  }

  get #management(): string {
    return join(this.plan.folder, `line-${this.plan.network}.manage`);
  }

  async #tell(command: string): Promise<void> {
    const connection = await Deno.connect({ transport: "unix", path: this.#management });
    const late = setTimeout(() => connection.close(), ANSWER_MS);
    try {
      await connection.write(new TextEncoder().encode(`${command}\n`));
      const buffer = new Uint8Array(4096);
      let heard = "";
      while (!/\$ 1\d\d\d /.test(heard)) {
        const count = await connection.read(buffer);
        if (count === null) throw new Error(`The line did not take "${command}": ${heard}`);
        heard += new TextDecoder().decode(buffer.subarray(0, count));
      }
      if (!/\$ 1000 /.test(heard)) throw new Error(`The line refused "${command}": ${heard}`);
    } finally {
      clearTimeout(late);
      try {
        connection.close();
      } catch {
        // It was closed because no answer came.
      }
    }
  }
}
