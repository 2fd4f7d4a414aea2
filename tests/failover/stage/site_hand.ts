import type { Platform } from "../../../local/start/platform.ts";
import type { LabNetwork } from "../regions/lab_network.ts";
import type { DataSite } from "./data_site.ts";

/** A hand on whole sites: what a fire, a flood or a hypervisor does to them. */
export class SiteHand {
  constructor(readonly network: LabNetwork, readonly platform: Platform) {}

  /** A site's processes that the platform starts, by name. */
  names(site: DataSite): string[] {
    const own = this.platform.processes().map(({ name }) => name)
      .filter((name) => name.endsWith(`-${site}`) && !name.startsWith("postgres-"));
    return site === "us-east" ? [...own, "pop-NYC"] : own;
  }

  /**
   * A site is gone: the network first, so that nothing tells anybody that a process has ended, then
   * every process of it.
   */
  async lose(site: DataSite): Promise<void> {
    await this.network.isolate(site);
    await Promise.all(this.names(site).map((name) => this.platform.kill(name)));
    await this.signal(site, "SIGKILL");
  }

  /** A lost site is there again: its lines, and its processes with what was on their disks. */
  async giveBack(site: DataSite): Promise<void> {
    await this.network.forgetConnections(site);
    await this.network.rejoin(site);
    const names = this.names(site);
    const down = this.platform.processes().filter(({ name, pid }) => names.includes(name) && !pid);
    const keepers = down.filter(({ name }) => name.startsWith("keeper-"));
    for (const { name } of keepers) await this.platform.start(name);
    await Promise.all(
      down.filter((it) => !keepers.includes(it)).map(({ name }) => this.platform.start(name)),
    );
  }

  /** Stops a site's processes in the middle of what they do; their machine's kernel goes on. */
  async freeze(site: DataSite): Promise<void> {
    await this.signal(site, "SIGSTOP");
  }

  async thaw(site: DataSite): Promise<void> {
    await this.signal(site, "SIGCONT");
  }

  /** Sends a signal to every process of a site, again until no new one has come up meanwhile. */
  async signal(site: DataSite, signal: Deno.Signal): Promise<void> {
    const told = new Set<number>();
    for (let turn = 0; turn < 10; turn++) {
      const fresh = (await this.network.processes(site)).filter((pid) => !told.has(pid));
      if (fresh.length === 0) return;
      for (const pid of fresh) {
        told.add(pid);
        try {
          Deno.kill(pid, signal);
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        }
      }
    }
  }
}
