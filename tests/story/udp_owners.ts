/** A process of the platform. */
export interface PlatformProcess {
  name: string;
  pid: number;
}

/**
 * Names of the processes, or their children, that hold a UDP socket: only those can send or
 * receive RTP. Reads Linux's /proc.
 */
export async function udpOwners(processes: readonly PlatformProcess[]): Promise<string[]> {
  const sockets = new Set<string>();
  for (const table of ["/proc/net/udp", "/proc/net/udp6"]) {
    for (const line of (await Deno.readTextFile(table)).split("\n").slice(1)) {
      const inode = line.trim().split(/\s+/)[9];
      if (inode) sockets.add(`socket:[${inode}]`);
    }
  }
  const children = await childrenByParent();
  const owners: string[] = [];
  for (const { name, pid } of processes) {
    for (const member of family(pid, children)) {
      if (!await holds(member, sockets)) continue;
      owners.push(name);
      break;
    }
  }
  return owners.sort();
}

async function holds(pid: number, sockets: ReadonlySet<string>): Promise<boolean> {
  try {
    for await (const { name } of Deno.readDir(`/proc/${pid}/fd`)) {
      const target = await Deno.readLink(`/proc/${pid}/fd/${name}`).catch(() => "");
      if (sockets.has(target)) return true;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return false;
}

async function childrenByParent(): Promise<Map<number, number[]>> {
  const children = new Map<number, number[]>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0);
    children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  return children;
}

function family(pid: number, children: ReadonlyMap<number, number[]>): number[] {
  return [pid, ...(children.get(pid) ?? []).flatMap((child) => family(child, children))];
}
