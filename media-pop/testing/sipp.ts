/** Whether sipp is installed; tests that need it are skipped, by name, where it is not. */
export const SIPP_MISSING = !(await new Deno.Command("sh", {
  args: ["-c", "command -v sipp"],
  stdout: "null",
}).output()).success;

/** What became of a run of sipp. */
export interface SippRun {
  success: boolean;
  output: string;
  /** Every message it sent and received. */
  messages: string;
}

/** How to run a scenario. */
export interface SippOptions {
  /** The PoP's SIP port. */
  port: number;
  /** Local address: which trunk the calls come from. */
  source: string;
  /** Called number. */
  to: string;
  calls?: number;
  transport?: "udp" | "tcp";
}

/** Runs a scenario against a PoP on 127.0.0.1, at most 30 seconds. */
export async function sipp(scenario: string, options: SippOptions): Promise<SippRun> {
  const { port, source, to, calls = 1, transport = "udp" } = options;
  return await runSipp(scenario, [
    ...[`127.0.0.1:${port}`, "-s", to, "-i", source, "-mi", source],
    ...["-p", String(freePort(source)), "-mp", String(freePort(source) & ~1)],
    ...["-m", String(calls), "-l", String(calls), "-r", String(Math.max(10, calls))],
    ...["-t", transport === "tcp" ? "t1" : "u1"],
  ]);
}

/** Runs a scenario that waits for one call at an address, at most 30 seconds. */
export function sippServer(
  scenario: string,
  hostname: string,
): { port: number; run: Promise<SippRun> } {
  const port = freePort(hostname);
  const args = ["-i", hostname, "-mi", hostname, "-p", String(port), "-m", "1", "-t", "u1"];
  return { port, run: runSipp(scenario, [...args, "-mp", String(freePort(hostname) & ~1)]) };
}

async function runSipp(scenario: string, args: string[]): Promise<SippRun> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/scenario.xml`, scenario);
    const { success, stdout, stderr } = await new Deno.Command("timeout", {
      args: [
        ...["-k", "2", "30", "sipp", "-sf", "scenario.xml", ...args],
        ...["-nostdin", "-timeout", "25", "-timeout_error"],
        ...["-trace_msg", "-message_file", "messages.log"],
      ],
      cwd: folder,
      env: { TERM: "xterm" },
      stdout: "piped",
      stderr: "piped",
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const messages = await Deno.readTextFile(`${folder}/messages.log`).catch(() => "");
    return { success, output: decode(stdout).slice(-3000) + decode(stderr), messages };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function freePort(hostname: string): number {
  const socket = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
  const { port } = socket.addr as Deno.NetAddr;
  socket.close();
  return port;
}
