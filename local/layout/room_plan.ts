import { z } from "zod";
import type { ProcessPlan } from "../processes/process_plan.ts";
import { ROOT } from "./rooms.ts";

const Ready = z.object({ event: z.literal("ready"), port: z.number() });

/**
 * How one process of a room is run: with Deno, from the repository's root, told by environment.
 *
 * @param prefix Put before the command.
 */
export function roomPlan(
  name: string,
  program: string,
  env: Readonly<Record<string, string>>,
  prefix: readonly string[] = [],
): ProcessPlan {
  const deno = [Deno.execPath(), "run", "--quiet", "-A", "--unstable-net", program];
  const [command, ...args] = [...prefix, ...deno];
  return {
    name,
    command,
    args,
    env,
    cwd: ROOT,
    isReady,
    readySeconds: 60,
    stopSignal: "SIGTERM",
    stopSeconds: 10,
  };
}

function isReady(line: string): boolean {
  if (!line.startsWith('{"event":"ready"')) return false;
  try {
    return Ready.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}
