/** A run of the lab, as the names of its network namespaces tell it. */
export interface LabRun {
  pid: number;
  /** Start of that process in clock ticks since the machine's: a pid may be given out again. */
  startTicks: number;
}

const NAME = /^antiphon-lab-(\d+)-(\d+)-([a-z-]+)$/;

/** The name of a run's namespace at a site. */
export function labName({ pid, startTicks }: LabRun, site: string): string {
  return `antiphon-lab-${pid}-${startTicks}-${site}`;
}

/** What a namespace's name tells; undefined when it is none of the lab's. */
export function readLabName(name: string): LabRun & { site: string } | undefined {
  const match = NAME.exec(name);
  return match
    ? { pid: Number(match[1]), startTicks: Number(match[2]), site: match[3] }
    : undefined;
}
