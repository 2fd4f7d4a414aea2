import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Effect } from "../effects/effect.ts";
import type { EgressPolicy } from "../egress/check_egress.ts";
import { loadMessages } from "../messages/load_messages.ts";
import type { Fence } from "../lease/fence.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { sendWhatsApp } from "./whatsapp/send_whatsapp.ts";

/** What {@linkcode deliverToProvider} needs. */
export interface ProviderPorts extends Fence {
  db: Kysely<CellTables>;
  sealer: Sealer;
  egress: EgressPolicy;
  now: () => number;
}

/** A message that could not be sent for this long has failed, in milliseconds. */
const GIVE_UP_MS = 15 * 60_000;

/**
 * Sends one stored message through its asset's provider and records what became of it. A refusal
 * that is final, or that has lasted too long, marks the message as failed, so that its agent sees.
 * @throws AntiphonError when it should be tried again
 */
export async function deliverToProvider(
  tenantId: string,
  effect: Extract<Effect, { to: "provider" }>,
  runner: TenantRunner,
  ports: ProviderPorts,
): Promise<void> {
  const [message] = await loadMessages(ports.db, tenantId, { messageIds: [effect.messageId] });
  if (!message || message.status !== "pending") return;
  const { interactionId, messageId } = effect;
  const record = (
    status: "sent" | "failed",
    providerMessageId: string | null,
    why: string | null,
  ) =>
    runner.submit({
      type: "message-status",
      interactionId,
      messageId,
      status,
      providerMessageId,
      failure: why,
    });
  try {
    const sender = await senderOf(tenantId, effect.assetId, runner, ports);
    const { contact, template } = effect;
    const content = template ? { template } : { text: message.text };
    const providerMessageId = await sendWhatsApp(sender, contact, content, ports.egress, ports);
    await record("sent", providerMessageId, null);
  } catch (error) {
    const code = error instanceof AntiphonError ? error.code : "internal";
    // Whoever acts for the cluster now sends it.
    if (code === "not_active") throw error;
    const final = code === "provider_refused" || code === "egress_refused";
    if (!final && ports.now() - message.at < GIVE_UP_MS) throw error;
    await record("failed", null, code.replaceAll("_", "-"));
  }
}

async function senderOf(
  tenantId: string,
  assetId: string,
  runner: TenantRunner,
  ports: ProviderPorts,
) {
  const sender = runner.configuration.document.assetSenders.find((s) => s.assetId === assetId);
  const secret = await ports.db.selectFrom("cell.asset_secrets").select("access_token")
    .where("tenant_id", "=", tenantId).where("asset_id", "=", assetId).executeTakeFirst();
  if (!sender || !secret) {
    throw new AntiphonError("provider_refused", "The asset was taken out of the configuration");
  }
  return { ...sender, accessToken: await ports.sealer.open(secret.access_token) };
}
