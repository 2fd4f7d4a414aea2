import { join } from "node:path";
import { KeeperMemory } from "../decisions/keeper_memory.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";

/** What the keeper remembers of a cluster's data folder; null when that is lost or unreadable. */
export async function readMemory(folder: string, log: Logger): Promise<KeeperMemory | null> {
  try {
    const text = await Deno.readTextFile(join(folder, "memory.json"));
    return KeeperMemory.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) log.error("keeper.memory-unreadable", { error });
    return null;
  }
}
