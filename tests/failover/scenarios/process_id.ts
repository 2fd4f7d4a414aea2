import type { Lab } from "../stage/lab.ts";

/** The id of a running process of the platform. */
export function processId(lab: Lab, name: string): number {
  const pid = lab.platform.processes().find((it) => it.name === name)?.pid;
  if (!pid) throw new Error(`${name} does not run`);
  return pid;
}
