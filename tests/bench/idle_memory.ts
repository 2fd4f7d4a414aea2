import type { OpenStage } from "../story/open_stage.ts";

/** Memory of each process that stands idle, standbys among them: resident and proportional set, in MiB. */
export async function idleMemory(stage: OpenStage) {
  await stage.redundant();
  const children = new Map<number, number[]>();
  for await (const { name } of Deno.readDir("/proc")) {
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0);
    if (parent > 1) children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  // A keeper's servers count for themselves.
  const known = new Set(stage.processes.map(({ pid }) => pid));
  const family = (pid: number): number[] => [
    pid,
    ...(children.get(pid) ?? []).filter((child) => !known.has(child)).flatMap(family),
  ];
  const rows: Record<string, { rssMiB: number; pssMiB: number }> = {};
  for (const { name, pid } of stage.processes) {
    let rss = 0;
    let pss = 0;
    for (const member of family(pid)) {
      const text = await Deno.readTextFile(`/proc/${member}/smaps_rollup`).catch(() => "");
      rss += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
      pss += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    }
    rows[name] = { rssMiB: Math.round(rss / 1024), pssMiB: Math.round(pss / 1024) };
  }
  return rows;
}
