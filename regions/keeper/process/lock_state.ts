import { join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Takes a state folder for this process; the system gives it back when the process ends, however
 * that happens.
 * @throws AntiphonError `conflict` when another keeper has it
 */
export async function lockState(folder: string): Promise<Disposable> {
  const path = join(folder, "lock");
  const file = await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  if (!await file.tryLock(true)) {
    file.close();
    const owner = (await Deno.readTextFile(path)).trim();
    throw new AntiphonError(
      "conflict",
      `Another keeper works on ${folder} (process ${
        owner || "unknown"
      }): stop that one first, or ` +
        "give this one a stateDir of its own",
    );
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return { [Symbol.dispose]: () => file.close() };
}
