import { run } from "../../peers/run.ts";

/** Programs that are the network itself, or a way into it: no fault of a site touches them. */
const NETWORK = new Set(["vde_switch", "wirefilter", "socat", "tcpdump"]);

/** Ids of the processes in a network namespace, without those that make the network. */
export async function processesIn(name: string, all = false): Promise<number[]> {
  const text = await run("ip", ["netns", "pids", name], { mayFail: true });
  const pids = text.split("\n").filter(Boolean).map(Number);
  if (all) return pids;
  const named = await Promise.all(pids.map(async (pid) => {
    const comm = await Deno.readTextFile(`/proc/${pid}/comm`).catch(() => "");
    const environment = await Deno.readTextFile(`/proc/${pid}/environ`).catch(() => "");
    const ours = NETWORK.has(comm.trim()) || environment.includes("ANTIPHON_LAB_WATCHER=1");
    return comm === "" || ours ? [] : [pid];
  }));
  return named.flat();
}
