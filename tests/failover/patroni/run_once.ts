/**
 * Runs a program to its end, as a user of the system when we are root.
 * @returns What it wrote
 * @throws Error with what it said when it fails
 */
export async function runOnce(
  user: string,
  command: string,
  ...args: readonly string[]
): Promise<string> {
  const drop = Deno.uid() === 0
    ? ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups"]
    : [];
  const [program, ...rest] = [...drop, command, ...args];
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: rest,
    cwd: "/",
    stdin: "null",
    env: { LC_ALL: "C.UTF-8" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (!success) throw new Error(`${command} failed: ${text(stderr)}`);
  return text(stdout);
}
