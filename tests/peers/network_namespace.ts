import { run } from "./run.ts";

/**
 * A network namespace with one veth pair: the host's end and the peer's end have addresses of one
 * /30. What runs inside reaches the host's end and nothing else.
 */
export class NetworkNamespace implements AsyncDisposable {
  readonly peerDevice = "peer0";

  private constructor(
    readonly name: string,
    readonly hostAddress: string,
    readonly peerAddress: string,
    readonly device: string,
  ) {}

  /** Makes a namespace; needs root on Linux. `index` (0 to 63) keeps several apart. */
  static async create(index: number): Promise<NetworkNamespace> {
    const base = index * 4;
    const host = `10.203.77.${base + 1}`;
    const peer = `10.203.77.${base + 2}`;
    const name = `antiphon-${index}`;
    const device = `antiphon${index}`;
    const made = new NetworkNamespace(name, host, peer, device);
    await made.#remove();
    await run("ip", ["netns", "add", name]);
    await run("ip", [
      "link",
      "add",
      device,
      "type",
      "veth",
      "peer",
      "name",
      "peer0",
      "netns",
      name,
    ]);
    await run("ip", ["addr", "add", `${host}/30`, "dev", device]);
    await run("ip", ["link", "set", device, "up"]);
    await run("ip", ["-n", name, "addr", "add", `${peer}/30`, "dev", "peer0"]);
    await run("ip", ["-n", name, "link", "set", "peer0", "up"]);
    await run("ip", ["-n", name, "link", "set", "lo", "up"]);
    return made;
  }

  /** Program and arguments that run a command inside. */
  command(program: string, args: readonly string[]): [string, string[]] {
    return ["ip", ["netns", "exec", this.name, program, ...args]];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#remove();
  }

  /** Also takes away what an earlier, killed run left behind. */
  async #remove(): Promise<void> {
    await run("ip", ["link", "del", this.device], { mayFail: true });
    await run("ip", ["netns", "del", this.name], { mayFail: true });
  }
}
