import { join } from "node:path";
import { z } from "zod";
import { processIdentity } from "../../protocol/processes/process_identity.ts";

const PidFile = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  started: z.string(),
  command: z.string(),
  stopSignal: z.enum(["SIGTERM", "SIGINT"]),
});
export type PidFile = z.infer<typeof PidFile>;

/** Notes of which process runs under which name, kept so that a later start finds orphans. */
export class PidFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes a running process. One that has ended already is not noted. */
  async note(name: string, pid: number, stopSignal: Deno.Signal): Promise<void> {
    const identity = await processIdentity(pid);
    if (!identity) return;
    const path = this.#path(name);
    await Deno.writeTextFile(`${path}.new`, JSON.stringify({ name, ...identity, stopSignal }));
    await Deno.rename(`${path}.new`, path);
  }

  async forget(name: string): Promise<void> {
    try {
      await Deno.remove(this.#path(name));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** All notes; one that cannot be read (a crash in the middle of a write) counts as none. */
  async list(): Promise<PidFile[]> {
    const notes: PidFile[] = [];
    for await (const entry of Deno.readDir(this.#folder)) {
      if (!entry.name.endsWith(".pid.json")) continue;
      const text = await Deno.readTextFile(join(this.#folder, entry.name));
      const parsed = PidFile.safeParse(parse(text));
      if (parsed.success) notes.push(parsed.data);
    }
    return notes;
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.pid.json`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
