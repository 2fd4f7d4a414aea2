import { join } from "node:path";
import { z } from "zod";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import {
  type ConfigurationTrust,
  readSignedConfiguration,
  type SignedConfiguration,
} from "./signed_configuration.ts";

const FILE = "pop_configuration.json";
const Kept = z.object({ signature: z.string(), text: z.string() });

/** The last configuration on disk with its signature, readable by the PoP's user only. */
export class ConfigurationCache {
  readonly #folder: string;
  readonly #log: Logger;

  constructor(folder: string, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  /** The kept configuration; null if there is none, it cannot be read, or nobody vouches for it. */
  async read(trust: ConfigurationTrust): Promise<SignedConfiguration | null> {
    try {
      const { signature, text } = Kept.parse(
        JSON.parse(await Deno.readTextFile(join(this.#folder, FILE))),
      );
      return await readSignedConfiguration(signature, new TextEncoder().encode(text), trust);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      this.#log.error("configuration.cache_unreadable", { error });
      return null;
    }
  }

  /** Replaces the kept configuration, whole or not at all: mode 0600, synced, renamed. */
  async write({ signature, text }: SignedConfiguration): Promise<void> {
    await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const target = join(this.#folder, FILE);
    const draft = `${target}.${crypto.randomUUID()}.tmp`;
    try {
      using file = await Deno.open(draft, { write: true, createNew: true, mode: 0o600 });
      const bytes = new TextEncoder().encode(JSON.stringify({ signature, text }));
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
      await Deno.rename(draft, target);
    } catch (error) {
      await Deno.remove(draft).catch((cause) =>
        this.#log.debug("configuration.draft_left", { cause })
      );
      throw error;
    }
  }
}
