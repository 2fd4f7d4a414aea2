/** Processes and all that descend from them, the roots first. Linux only. */
export async function processFamily(roots: readonly number[]): Promise<number[]> {
  const children = new Map<number, number[]>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^[0-9]+$/.test(name)) continue;
    // One that ends while we look has no family.
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    // The name in parentheses may hold blanks and parentheses itself (proc(5)).
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (stat === "" || state === "Z" || state === "X") continue;
    const siblings = children.get(Number(parent)) ?? [];
    children.set(Number(parent), [...siblings, Number(name)]);
  }
  const alive = new Set([...children.values()].flat());
  const family = roots.filter((pid) => alive.has(pid));
  for (const pid of family) {
    family.push(...(children.get(pid) ?? []).filter((child) => !family.includes(child)));
  }
  return family;
}
