/** Sends a signal to every process of a server; each of them is a process group of its own. */
export async function signalServer(dataFolder: string, signal: Deno.Signal): Promise<void> {
  for await (const entry of Deno.readDir("/proc")) {
    if (!/^[0-9]+$/.test(entry.name)) continue;
    const cwd = await Deno.readLink(`/proc/${entry.name}/cwd`).catch(() => "");
    if (cwd === dataFolder) Deno.kill(Number(entry.name), signal);
  }
}
