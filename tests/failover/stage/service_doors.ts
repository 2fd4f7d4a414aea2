import { until } from "../../peers/until.ts";
import type { LabNetwork } from "../regions/lab_network.ts";
import { ADDRESS } from "../regions/site.ts";

/**
 * Ways from each region's own loopback to the tenant's service in the world: connectors speak plain
 * HTTP with nothing but their own machine.
 */
export class ServiceDoors implements AsyncDisposable {
  private constructor(readonly children: Deno.ChildProcess[]) {}

  static async open(network: LabNetwork, port: number): Promise<ServiceDoors> {
    const children = (["eu-central", "us-east"] as const).map((site) => {
      const [program, ...rest] = network.prefix(site);
      const listen = `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork`;
      return new Deno.Command(program, {
        args: [...rest, "socat", listen, `TCP:${ADDRESS.world}:${port}`],
        ...{ stdin: "null", stdout: "null", stderr: "null" } as const,
      }).spawn();
    });
    const doors = new ServiceDoors(children);
    await until("the doors to the service", async () => {
      const tables = await Promise.all(
        children.map(({ pid }) => Deno.readTextFile(`/proc/${pid}/net/tcp`)),
      );
      const hex = port.toString(16).toUpperCase().padStart(4, "0");
      return tables.every((table) => table.includes(`0100007F:${hex} `));
    });
    return doors;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.children) {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
    }
    await Promise.all(this.children.map((child) => child.status));
  }
}
