import { run } from "../../peers/run.ts";
import { countedPackets, countRules } from "./count_rules.ts";
import { cutRules } from "./cut_rules.ts";
import { labName, type LabRun } from "./lab_name.ts";
import { type LinePlan, LongLine } from "./long_line.ts";
import { processesIn } from "./processes_in.ts";
import { removeNamespace } from "./remove_namespace.ts";
import { ADDRESS, device, LINES, type Site, SITES } from "./site.ts";
import { startTicks } from "./start_ticks.ts";

/** The control plane's address towards the world. */
const GATEWAY = "10.91.4.254";

/**
 * The lab's network: each site a network namespace with an address of its own, every pair of them
 * joined by a long line, and the world next to the control plane's. Needs root on Linux.
 */
export class LabNetwork implements AsyncDisposable {
  readonly #lines = new Map<string, LongLine>();
  readonly #deaf = new Map<Site, Set<Site>>(SITES.map((site) => [site, new Set()]));

  private constructor(readonly owner: LabRun, readonly folder: string) {}

  static async build(): Promise<LabNetwork> {
    const owner = { pid: Deno.pid, startTicks: (await startTicks(Deno.pid))! };
    const folder = await Deno.makeTempDir({ prefix: "antiphon-lab-net-" });
    const network = new LabNetwork(owner, folder);
    try {
      await network.#build();
      return network;
    } catch (error) {
      await network[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A hand on a network that another process built and takes away. */
  static attach({ folder, ...owner }: LabRun & { folder: string }): LabNetwork {
    const network = new LabNetwork(owner, folder);
    for (const plan of network.#plans()) {
      network.#lines.set(plan.ends.join(" "), LongLine.attach(plan));
    }
    return network;
  }

  /** The name of a site's namespace. */
  name(site: Site): string {
    return labName(this.owner, site);
  }

  /** Put before a command that is to run at a site. */
  prefix(site: Site): string[] {
    return ["ip", "netns", "exec", this.name(site)];
  }

  /** Nothing gets from one site to another any more, in this direction. */
  async cut(from: Site, to: Site): Promise<void> {
    this.#deaf.get(to)!.add(from);
    await this.#filter(to);
  }

  /** Nothing gets into a site or out of it any more. */
  async isolate(site: Site): Promise<void> {
    const others = SITES.filter((other) => other !== site);
    for (const other of others) {
      this.#deaf.get(site)!.add(other);
      this.#deaf.get(other)!.add(site);
    }
    await Promise.all(SITES.map((each) => this.#filter(each)));
  }

  /**
   * Drops what a site's kernel still has to send for processes that are no more: a machine that was
   * lost comes back without it.
   */
  async forgetConnections(site: Site): Promise<void> {
    await run("ip", ["netns", "exec", this.name(site), "ss", "-K", "-t"], { mayFail: true });
  }

  /** What was isolated is reached again; what else is isolated stays so. */
  async rejoin(site: Site): Promise<void> {
    this.#deaf.get(site)!.clear();
    for (const other of SITES) {
      const deaf = this.#deaf.get(other)!;
      deaf.delete(site);
      if (other !== site && SITES.every((it) => it === other || it === site || deaf.has(it))) {
        deaf.add(site);
        this.#deaf.get(site)!.add(other);
      }
    }
    await Promise.all(SITES.map((each) => this.#filter(each)));
  }

  /** Makes a line slow or lossy; as it was when nothing is said. */
  async slow(
    a: Site,
    b: Site,
    how: { delayMs?: number; lossPercent?: number } = {},
  ): Promise<void> {
    const line = this.#lines.get(`${a} ${b}`) ?? this.#lines.get(`${b} ${a}`);
    await line!.set(how);
  }

  /** Everything reaches everything again, as fast as at first. */
  async heal(): Promise<void> {
    for (const deaf of this.#deaf.values()) deaf.clear();
    await Promise.all(SITES.map((site) => this.#filter(site)));
    await Promise.all([...this.#lines.values()].map((line) => line.set()));
  }

  /** RTP packets that crossed long lines so far. */
  async rtpBetweenRegions(): Promise<number> {
    const counts = await Promise.all(LINE_ENDS.map(async (site) => {
      const args = ["netns", "exec", this.name(site), "nft", "-j", "list", "counters"];
      return countedPackets(await run("ip", args));
    }));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Ids of the processes at a site, without those that are the network itself. */
  processes(site: Site): Promise<number[]> {
    return processesIn(this.name(site));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const site of SITES) await removeNamespace(this.name(site));
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }

  #plans(): LinePlan[] {
    return LINES.map((ends, i) => ({
      ends,
      network: i + 1,
      names: [this.name(ends[0]), this.name(ends[1])],
      folder: this.folder,
    }));
  }

  async #build(): Promise<void> {
    for (const site of SITES) {
      await run("ip", ["netns", "add", this.name(site)]);
      await this.#ip(site, "link", "set", "lo", "up");
      if (site !== "world") await this.#ip(site, "addr", "add", `${ADDRESS[site]}/32`, "dev", "lo");
    }
    for (const plan of this.#plans()) {
      const { ends } = plan;
      this.#lines.set(ends.join(" "), await LongLine.lay(plan));
      for (const [end, site] of ends.entries()) {
        const far = ends[1 - end];
        const via = `10.90.${plan.network}.${2 - end}`;
        await this.#ip(site, "route", "add", ADDRESS[far], "via", via, "src", ADDRESS[site]);
      }
    }
    await this.#joinWorld();
    for (const site of LINE_ENDS) {
      const others = LINE_ENDS.filter((other) => other !== site);
      await this.#nft(site, countRules(others));
    }
    await Promise.all(SITES.map((site) => this.#filter(site)));
  }

  async #joinWorld(): Promise<void> {
    const [near, far] = [device("world"), device("control")];
    const peer = ["type", "veth", "peer", "name", far, "netns", this.name("world")];
    await this.#ip("control", "link", "add", near, ...peer);
    await this.#ip("control", "addr", "add", `${GATEWAY}/24`, "dev", near);
    await this.#ip("control", "link", "set", near, "up");
    await this.#ip("world", "addr", "add", `${ADDRESS.world}/24`, "dev", far);
    await this.#ip("world", "link", "set", far, "up");
    await this.#ip("world", "route", "add", "default", "via", GATEWAY);
    const forward = ["sysctl", "-qw", "net.ipv4.ip_forward=1"];
    await run("ip", ["netns", "exec", this.name("control"), ...forward]);
    for (const [i, ends] of LINES.entries()) {
      const site = ends.find((end) => end !== "control");
      if (!(ends as readonly Site[]).includes("control") || !site) continue;
      const via = `10.90.${i + 1}.${(ends as readonly Site[]).indexOf("control") + 1}`;
      await this.#ip(site, "route", "add", "10.91.4.0/24", "via", via, "src", ADDRESS[site]);
    }
  }

  async #ip(site: Site, ...args: string[]): Promise<void> {
    await run("ip", ["-n", this.name(site), ...args]);
  }

  async #filter(site: Site): Promise<void> {
    await this.#nft(site, cutRules([...this.#deaf.get(site)!]));
  }

  async #nft(site: Site, rules: string): Promise<void> {
    const child = new Deno.Command("ip", {
      args: ["netns", "exec", this.name(site), "nft", "-f", "-"],
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(rules));
    await writer.close();
    const { success, stderr } = await child.output();
    if (!success) throw new Error(`nft at ${site}: ${new TextDecoder().decode(stderr)}`);
  }
}

const LINE_ENDS = ["eu-central", "us-east", "control"] as const;
