import { join } from "node:path";
import { ADDRESS, device } from "../regions/site.ts";
import { until } from "../../peers/until.ts";
import { readPcap } from "./read_pcap.ts";
import { type RtpArrivals, rtpArrivals } from "./rtp_arrivals.ts";

/** The bytes of a packet that are kept: headers up to RTP's. */
const KEPT_BYTES = 64;

/** Everything that comes to the world over UDP, written down by tcpdump while the load runs. */
export class Capture implements AsyncDisposable {
  private constructor(readonly process: Deno.ChildProcess, readonly path: string) {}

  static async start(folder: string): Promise<Capture> {
    const path = join(folder, "world.pcap");
    const process = new Deno.Command("tcpdump", {
      args: [
        ...["-i", device("control"), "-n", "-s", String(KEPT_BYTES), "-U", "-B", "16384"],
        ...["-Z", "root", "-w", path, `udp and dst host ${ADDRESS.world}`],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await until("the capture", async () => (await Deno.stat(path)).size >= 24);
    return new Capture(process, path);
  }

  /** Ends it; gives the RTP that came, by port. */
  async end(): Promise<RtpArrivals[]> {
    await this[Symbol.asyncDispose]();
    const bytes = await Deno.readFile(this.path);
    await Deno.remove(this.path);
    return rtpArrivals(readPcap(bytes), ADDRESS.world);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.process.kill("SIGINT");
    } catch {
      // It has ended already.
    }
    await this.process.status;
  }
}
