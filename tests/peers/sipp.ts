import { join } from "node:path";
import { type SippCall, sippScenario } from "./sipp_scenario.ts";

/** How SIPp is to call. */
export interface SippOptions extends SippCall {
  /** "host:port" of the PoP. */
  to: string;
  number: string;
  from?: string;
  /** Address it calls from; its trunk is known by it. */
  localAddress: string;
  transport?: "udp" | "tcp";
  calls?: number;
  callsPerSecond?: number;
  timeoutSeconds?: number;
}

/** What came of it. */
export interface SippResult {
  /** 0: every call went as expected. */
  code: number;
  /** Milliseconds from each INVITE to its 180. */
  ringMs: number[];
  /** Milliseconds from each INVITE to its 200. */
  answerMs: number[];
  /** Its own words when something went otherwise. */
  errors: string;
}

/** Runs SIPp, a SIP caller that others wrote, to the end of its calls. */
export async function sipp(options: SippOptions): Promise<SippResult> {
  const folder = await Deno.makeTempDir({ prefix: "sipp-" });
  try {
    await Deno.writeTextFile(join(folder, "caller.xml"), sippScenario(options));
    const [host, port] = options.to.split(":");
    const process = new Deno.Command("sipp", {
      cwd: folder,
      args: [
        ...["-sf", "caller.xml", "-s", options.number],
        ...["-key", "service_caller", options.from ?? "+4930123456"],
        ...["-i", options.localAddress, "-mi", options.localAddress],
        ...["-p", String(freePort(options.localAddress))],
        ...["-mp", String(freePort(options.localAddress) & ~1)],
        ...["-t", options.transport === "tcp" ? "t1" : "u1"],
        ...["-m", String(options.calls ?? 1), "-l", String(options.calls ?? 1)],
        ...["-r", String(options.callsPerSecond ?? 10)],
        ...["-timeout", `${options.timeoutSeconds ?? 60}s`, "-timeout_error"],
        ...["-trace_err", "-trace_rtt", "-rtt_freq", "1", "-nostdin"],
        `${host}:${port}`,
      ],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    });
    const { code, stderr } = await process.output();
    let errors = new TextDecoder().decode(stderr);
    const times: Record<string, number[]> = { ring: [], answer: [] };
    for await (const { name } of Deno.readDir(folder)) {
      const text = () => Deno.readTextFile(join(folder, name));
      if (name.endsWith("_errors.log")) errors += await text();
      if (!name.endsWith("_rtt.csv")) continue;
      for (const line of (await text()).split("\n").slice(1)) {
        const [, value, timer] = line.split(";");
        times[timer?.trim()]?.push(Number(value));
      }
    }
    return { code, ringMs: times.ring, answerMs: times.answer, errors };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A UDP port that was free a moment ago. */
function freePort(hostname: string): number {
  const socket = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
  const { port } = socket.addr as Deno.NetAddr;
  socket.close();
  return port;
}
