import { processIdentity } from "./process_identity.ts";

/**
 * Ends a process that is not our child: signals it, waits until it is gone, kills it after
 * `seconds`. `started` guards against a pid that has gone to somebody else.
 * @throws Deno.errors.PermissionDenied when it belongs to another user
 */
export async function endProcess(
  pid: number,
  started: string,
  signal: Deno.Signal,
  seconds: number,
): Promise<void> {
  for (const [how, wait] of [[signal, seconds], ["SIGKILL", 10]] as const) {
    if (!await lives(pid, started)) return;
    try {
      Deno.kill(pid, how);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      throw error;
    }
    const end = Date.now() + wait * 1000;
    while (Date.now() < end) {
      if (!await lives(pid, started)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function lives(pid: number, started: string): Promise<boolean> {
  return (await processIdentity(pid))?.started === started;
}
