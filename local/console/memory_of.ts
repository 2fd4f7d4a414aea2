/**
 * Memory of each process with its children but those that are asked for themselves, in MiB: the
 * proportional set, in which shared pages count once. Linux only; processes that cannot be asked are left out.
 */
export async function memoryOf(pids: readonly number[]): Promise<Map<number, number>> {
  if (Deno.build.os !== "linux") return new Map();
  const children = await childrenByParent();
  const sizes = new Map<number, number>();
  for (const pid of pids) {
    let kilobytes = 0;
    for (const member of family(pid, children, new Set(pids))) {
      kilobytes += await proportionalSet(member);
    }
    if (kilobytes > 0) sizes.set(pid, Math.round(kilobytes / 1024));
  }
  return sizes;
}

function family(
  pid: number,
  children: ReadonlyMap<number, readonly number[]>,
  others: ReadonlySet<number>,
): number[] {
  const own = (children.get(pid) ?? []).filter((child) => !others.has(child));
  return [pid, ...own.flatMap((child) => family(child, children, others))];
}

/** Processes end while we look: those count nothing. */
async function proportionalSet(pid: number): Promise<number> {
  const text = await Deno.readTextFile(`/proc/${pid}/smaps_rollup`).catch(() => "");
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
}

async function childrenByParent(): Promise<Map<number, number[]>> {
  const children = new Map<number, number[]>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0);
    if (parent > 1) children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  return children;
}
