import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { WebhookDelivery } from "../../protocol/inbox/webhook_delivery.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { type DeliveryStatus, readWebhook } from "./whatsapp/read_webhook.ts";

/** What {@linkcode takeWebhook} needs. */
export interface TakeWebhookPorts {
  db: Kysely<CellTables>;
  runner: TenantRunner;
  newId: () => string;
  now: () => number;
}

/**
 * Takes a webhook that the edge holds: every message in it is applied once, however often the edge
 * or the provider repeats it. Returns once all of it is durable.
 * @throws AntiphonError `invalid_request` when it can never be taken, `malformed_json`,
 * `database_unavailable`
 */
export async function takeWebhook(
  delivery: WebhookDelivery,
  { db, runner, newId, now }: TakeWebhookPorts,
): Promise<void> {
  const taken = await db.selectFrom("cell.inbox").select("delivery_id")
    .where("delivery_id", "=", delivery.deliveryId).executeTakeFirst();
  if (taken) return;
  const sender = runner.configuration.document.assetSenders
    .find((candidate) => candidate.assetId === delivery.assetId);
  if (!sender) {
    throw new AntiphonError("unavailable", "The asset is not configured in this cell yet");
  }
  for (const told of readWebhook(parse(delivery.body), sender.phoneNumberId)) {
    if (told.kind === "status") {
      await takeStatus(db, runner, delivery.tenantId, told);
      continue;
    }
    if (await messageOf(db, delivery.tenantId, told.providerMessageId)) continue;
    await runner.submit({
      type: "message-received",
      assetId: delivery.assetId,
      contact: told.contact,
      contactName: told.contactName,
      messageId: newId(),
      providerMessageId: told.providerMessageId,
      text: told.text,
      sentAt: told.sentAt,
    });
  }
  await db.insertInto("cell.inbox")
    .values({ delivery_id: delivery.deliveryId, taken_at: now() })
    .onConflict((c) => c.doNothing()).execute();
}

/** One that comes before the answer to the request itself is known by our own id. */
async function takeStatus(
  db: Kysely<CellTables>,
  runner: TenantRunner,
  tenantId: string,
  told: DeliveryStatus,
): Promise<void> {
  const { providerMessageId, messageId, status, failure } = told;
  const message = await messageOf(db, tenantId, providerMessageId) ??
    (messageId && await sentMessageOf(db, tenantId, messageId));
  if (!message) return;
  await runner.submit({
    ...{ type: "message-status", interactionId: message.interaction_id, messageId: message.id },
    ...{ status, providerMessageId, failure },
  });
}

function messageOf(db: Kysely<CellTables>, tenantId: string, providerMessageId: string) {
  return db.selectFrom("cell.messages").select(["id", "interaction_id"])
    .where("tenant_id", "=", tenantId).where("provider_message_id", "=", providerMessageId)
    .executeTakeFirst();
}

function sentMessageOf(db: Kysely<CellTables>, tenantId: string, messageId: string) {
  return db.selectFrom("cell.messages").select(["id", "interaction_id"])
    .where("tenant_id", "=", tenantId).where("id", "=", messageId)
    .where("direction", "=", "outbound").executeTakeFirst();
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AntiphonError("malformed_json", "The webhook's body is not JSON", { cause });
  }
}
