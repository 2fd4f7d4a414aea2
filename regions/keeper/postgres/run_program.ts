import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { programEnvironment } from "./program_environment.ts";

/** How {@linkcode runProgram} is done. */
export interface RunProgramOptions {
  program: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/**
 * Runs a program of PostgreSQL to its end.
 * @throws AntiphonError `unavailable` with its last words; `deadline_exceeded` when `signal` fires
 */
export async function runProgram(
  server: KeptInstallation,
  { program, args, env, signal }: RunProgramOptions,
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    ...programEnvironment(server, env),
    stdin: "null",
    signal,
  }).output();
  const name = program.split("/").at(-1)!;
  if (success) return;
  if (signal.aborted) {
    throw new AntiphonError("deadline_exceeded", `${name} for ${server.name} took too long`);
  }
  const words = [stderr, stdout].map((bytes) => new TextDecoder().decode(bytes).trim()).join("\n");
  throw new AntiphonError("unavailable", `${name} failed for ${server.name}: ${lastLine(words)}`, {
    data: { lastLines: words.split("\n").slice(-20) },
  });
}

function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.findLast((line) => line.includes("error:")) ?? lines.at(-1) ?? "it said nothing";
}
