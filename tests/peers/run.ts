/** Runs a program to its end and returns what it printed; throws with its errors if it failed. */
export async function run(
  program: string,
  args: readonly string[],
  options: { mayFail?: boolean } = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success && !options.mayFail) {
    throw new Error(`${program} ${args.join(" ")} failed: ${text(stderr)}${text(stdout)}`);
  }
  return text(stdout);
}
