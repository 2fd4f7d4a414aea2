/**
 * What tells a process from a later one with the same pid: when it started (opaque text) and its
 * command line.
 */
export interface ProcessIdentity {
  pid: number;
  started: string;
  command: string;
}

/** Reads who has a pid now; undefined if nobody, or a zombie. Linux by `/proc`, others by `ps`. */
export async function processIdentity(pid: number): Promise<ProcessIdentity | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return Deno.build.os === "linux" ? await fromProc(pid) : await fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const [stat, cmdline, boot] = await Promise.all([
      Deno.readTextFile(`/proc/${pid}/stat`),
      Deno.readTextFile(`/proc/${pid}/cmdline`),
      Deno.readTextFile("/proc/sys/kernel/random/boot_id"),
    ]);
    // The name in parentheses may hold blanks and parentheses itself (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const command = cmdline.split("\0").join(" ").trim();
    // One that is ending has given up its memory, and its command line with it.
    if (command === "") return undefined;
    return { pid, started: `${boot.trim()}:${fields[19]}`, command };
  } catch (error) {
    // ESRCH shows as a plain error when the process ends between two reads.
    if (error instanceof Deno.errors.NotFound || /os error 3\b/.test(String(error))) {
      return undefined;
    }
    throw error;
  }
}

async function fromPs(pid: number): Promise<ProcessIdentity | undefined> {
  const { success, stdout } = await new Deno.Command("ps", {
    args: ["-p", String(pid), "-o", "lstart=,command="],
    env: { LC_ALL: "C" },
    stderr: "null",
  }).output();
  const line = new TextDecoder().decode(stdout).trim();
  if (!success || line === "") return undefined;
  return { pid, started: line.slice(0, 24), command: line.slice(24).trim() };
}
