import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Takes a data folder for this process; the system gives it back when the process ends, however
 * that happens.
 * @throws AntiphonError `conflict` when another process has it
 */
export async function lockData(folder: string): Promise<Disposable> {
  const path = join(folder, "lock");
  const file = await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  if (!await file.tryLock(true)) {
    file.close();
    const owner = (await Deno.readTextFile(path)).trim();
    throw new AntiphonError(
      "conflict",
      `The platform runs already on ${folder} (process ${owner || "unknown"}): stop that one ` +
        "first, or start this one with other --data and --port-base",
    );
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return { [Symbol.dispose]: () => file.close() };
}
