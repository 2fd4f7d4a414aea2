import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Effect } from "../effects/effect.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { TenantKeys } from "../secrets/tenant_keys.ts";
import { botSecret } from "./bot_secret.ts";
import { streamToken } from "./stream_token.ts";

/** What {@linkcode completeStream} needs of its cell. */
export interface StreamPorts {
  db: Kysely<CellTables>;
  sealer: Sealer;
  keys: Pick<TenantKeys, "open">;
  /** Epoch ms. */
  now: () => number;
}

/** Why a stream can never be completed. */
const LASTING: ReadonlySet<string> = new Set(["unknown_entity", "sealed_unreadable"]);

/**
 * A call's command as it goes to its PoP. A stream gets its token and its opened parameters only
 * here, so that neither is ever stored. One whose virtual agent has gone, or whose values cannot be opened,
 * is refused by the bot.
 */
export async function completeStream(
  tenantId: string,
  { command, bot, callId }: Extract<Effect, { to: "pop" }>,
  { db, sealer, keys, now }: StreamPorts,
): Promise<CallCommand> {
  if (command.type !== "stream" || !bot) return command;
  try {
    const parameters = { ...command.parameters };
    for (const [name, sealed] of Object.entries(bot.sealed)) {
      parameters[name] = await keys.open(tenantId, sealed);
    }
    const secret = await botSecret(db, sealer, tenantId, bot.virtualAgentId);
    const { url, streamId } = command;
    const claims = { url, interactionId: callId, streamId, tenantId };
    return { ...command, parameters, authorization: await streamToken(secret, claims, now()) };
  } catch (error) {
    // Other reasons pass: the lane, where all that the call is to do waits behind, tries again.
    if (error instanceof AntiphonError && LASTING.has(error.code)) return command;
    throw error;
  }
}
