/**
 * A line that says that flows cannot say texts on this machine; null when they can.
 *
 * @param program The speech engine's program.
 */
export async function speechNote(program = "espeak-ng"): Promise<string | null> {
  const note = `${program} is not installed: flows cannot say texts until it is`;
  try {
    const command = new Deno.Command(program, {
      ...{ args: ["--version"], stdin: "null", stdout: "null", stderr: "null" } as const,
    });
    return (await command.output()).success ? null : note;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return note;
    throw error;
  }
}
