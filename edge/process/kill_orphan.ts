import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

const GONE_MS = 5_000;

/**
 * Kills the workerd that a killed process left behind, if `pidFile` names one. Its command line must
 * name `configFile`: a number alone may be anybody's by now. Returns whether there was one.
 */
export async function killOrphan(pidFile: string, configFile: string): Promise<boolean> {
  const pid = Number(await Deno.readTextFile(pidFile).catch(() => ""));
  if (!Number.isInteger(pid) || pid < 2) return false;
  if (!(await commandLine(pid)).includes(configFile)) return false;
  Deno.kill(pid, "SIGKILL");
  const until = Date.now() + GONE_MS;
  while (await stillRuns(pid)) {
    if (Date.now() > until) {
      throw new AntiphonError("unavailable", `Stop workerd with the process id ${pid} by hand`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

/** Whether a process still runs; one that has ended may wait to be reaped. */
async function stillRuns(pid: number): Promise<boolean> {
  if (Deno.build.os === "linux") {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "");
    const state = stat.slice(stat.lastIndexOf(")") + 2).at(0);
    return state !== undefined && !"ZX".includes(state);
  }
  const state = await ps(pid, "stat=");
  return state !== "" && !state.startsWith("Z");
}

/** The arguments of a process; none when it has gone, or may not be looked at. */
async function commandLine(pid: number): Promise<string[]> {
  if (Deno.build.os === "linux") {
    const raw = await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
    return raw.split("\0");
  }
  return (await ps(pid, "command=")).split(" ");
}

async function ps(pid: number, what: string): Promise<string> {
  const { stdout } = await new Deno.Command("ps", { args: ["-p", String(pid), "-o", what] })
    .output();
  return new TextDecoder().decode(stdout).trim();
}
