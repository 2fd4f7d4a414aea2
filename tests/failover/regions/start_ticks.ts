/**
 * When a process began, in clock ticks since the machine did (proc_pid_stat(5), field 22); undefined
 * when there is none.
 */
export async function startTicks(pid: number): Promise<number | undefined> {
  try {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    // The second field is a name in brackets, which may hold anything.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  } catch (error) {
    const gone = error instanceof Deno.errors.NotFound ||
      (error as { code?: string }).code === "ESRCH";
    if (gone) return undefined;
    throw error;
  }
}
