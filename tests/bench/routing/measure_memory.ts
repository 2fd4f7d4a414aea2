/** Bytes that a tenant's state takes, measured in a process of its own that can collect garbage. */
export async function measureMemory(): Promise<Record<string, number>> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--v8-flags=--expose-gc",
      new URL("./memory_probe.ts", import.meta.url).pathname,
    ],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("The memory probe failed");
  return JSON.parse(new TextDecoder().decode(stdout));
}
