import { run } from "../../peers/run.ts";
import { until } from "../../peers/until.ts";
import { processesIn } from "./processes_in.ts";

/** Ends all that runs in a network namespace, and takes it away. */
export async function removeNamespace(name: string): Promise<void> {
  await until(`the end of what runs in ${name}`, async () => {
    const pids = (await processesIn(name, true)).filter((pid) => pid !== Deno.pid);
    for (const pid of pids) {
      try {
        Deno.kill(pid, "SIGKILL");
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    return pids.length === 0;
  });
  await run("ip", ["netns", "del", name], { mayFail: true });
}
