import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { WebhookBatchAnswer } from "../../protocol/inbox/webhook_batch_answer.ts";
import type { WebhookDelivery } from "../../protocol/inbox/webhook_delivery.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { type DeliveryStatus, type InboundText, readWebhook } from "./whatsapp/read_webhook.ts";

/** What {@linkcode takeWebhooks} needs. */
export interface TakeWebhooksPorts {
  db: Kysely<CellTables>;
  runner: TenantRunner;
  newId: () => string;
  now: () => number;
}

/** Statuses of answers that no repeat of a webhook changes. */
const FOR_GOOD = new Set([400, 413, 422]);

/**
 * Takes webhooks of one asset that the edge holds: every message in them is applied once, in order,
 * however often the edge or the provider repeats it. All are decided on at once, so that they share a
 * commit. Returns once all of it is durable. O(what they tell), two questions and two commits a batch.
 * @returns those that can never be taken
 * @throws AntiphonError `unavailable`, `database_unavailable`: nothing, or a part, is taken
 */
export async function takeWebhooks(
  deliveries: readonly WebhookDelivery[],
  ports: TakeWebhooksPorts,
): Promise<WebhookBatchAnswer["refused"]> {
  const { db, runner, now } = ports;
  const [{ assetId }] = deliveries;
  const known = await db.selectFrom("cell.inbox").select("delivery_id")
    .where("delivery_id", "in", deliveries.map((delivery) => delivery.deliveryId)).execute();
  const taken = new Set(known.map((row) => row.delivery_id));
  const sender = runner.configuration.document.assetSenders.find((it) => it.assetId === assetId);
  if (!sender) {
    throw new AntiphonError("unavailable", "The asset is not configured in this cell yet");
  }
  const refused = new Map<string, string>();
  const told = deliveries.filter(({ deliveryId }) => !taken.has(deliveryId))
    .flatMap(({ deliveryId, body }) => {
      try {
        return readWebhook(parse(body), sender.phoneNumberId).map((it) => ({ deliveryId, it }));
      } catch (error) {
        refused.set(deliveryId, refusal(error));
        return [];
      }
    });
  const messages = await messagesOf(ports, told.map(({ it }) => it));
  const commits = told.map(({ deliveryId, it }) =>
    apply(it, assetId, messages, ports)
      .catch((error) => void refused.set(deliveryId, refusal(error)))
  );
  // All are heard of, also behind one that failed.
  const failed = (await Promise.allSettled(commits)).find((it) => it.status === "rejected");
  if (failed) throw failed.reason;
  const done = deliveries.filter(({ deliveryId }) => !refused.has(deliveryId));
  if (done.length > 0) {
    await db.insertInto("cell.inbox")
      .values(done.map(({ deliveryId }) => ({ delivery_id: deliveryId, taken_at: now() })))
      .onConflict((c) => c.doNothing()).execute();
  }
  return [...refused].map(([deliveryId, code]) => ({ deliveryId, code }));
}

/** Messages of the tenant that are known, by the provider's id and by our own. */
interface KnownMessages {
  byProviderId: Map<string, { id: string; interaction_id: string }>;
  byId: Map<string, { id: string; interaction_id: string }>;
  /** The provider's ids of those that come with this batch: it may repeat one within it. */
  arriving: Set<string>;
}

async function messagesOf(
  { db, runner }: TakeWebhooksPorts,
  told: readonly (InboundText | DeliveryStatus)[],
): Promise<KnownMessages> {
  const providerIds = told.map((it) => it.providerMessageId);
  const ids = told.flatMap((it) => it.kind === "status" && it.messageId ? [it.messageId] : []);
  if (providerIds.length === 0) {
    return { byProviderId: new Map(), byId: new Map(), arriving: new Set() };
  }
  const rows = await db.selectFrom("cell.messages")
    .select(["id", "interaction_id", "provider_message_id", "direction"])
    .where("tenant_id", "=", runner.ports.tenantId)
    .where((is) =>
      is.or([
        is("provider_message_id", "in", providerIds),
        ...ids.length > 0 ? [is.and([is("id", "in", ids), is("direction", "=", "outbound")])] : [],
      ])
    )
    .execute();
  return {
    byProviderId: new Map(
      rows.flatMap((row) => row.provider_message_id ? [[row.provider_message_id, row]] : []),
    ),
    byId: new Map(rows.flatMap((row) => row.direction === "outbound" ? [[row.id, row]] : [])),
    arriving: new Set(),
  };
}

/** Decides at once, in the order of calls; resolves when that is durable. */
async function apply(
  told: InboundText | DeliveryStatus,
  assetId: string,
  { byProviderId, byId, arriving }: KnownMessages,
  { runner, newId }: TakeWebhooksPorts,
): Promise<void> {
  const { providerMessageId } = told;
  const known = byProviderId.get(providerMessageId);
  if (told.kind === "message") {
    if (known || arriving.has(providerMessageId)) return;
    arriving.add(providerMessageId);
    const { contact, contactName, text, sentAt } = told;
    const messageId = newId();
    await runner.submit({
      ...{ type: "message-received", assetId, contact, contactName, messageId },
      ...{ providerMessageId, text, sentAt },
    });
    return;
  }
  // One that comes before the answer to the request itself is known by our own id.
  const message = known ?? (told.messageId ? byId.get(told.messageId) : undefined);
  if (!message) return;
  const { status, failure } = told;
  await runner.submit({
    ...{ type: "message-status", interactionId: message.interaction_id, messageId: message.id },
    ...{ status, providerMessageId, failure },
  });
}

/** The code of what is wrong with a webhook for good; throws anything else. */
function refusal(error: unknown): string {
  const { status, code } = toProblem(error);
  if (FOR_GOOD.has(status)) return code;
  throw error;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AntiphonError("malformed_json", "The webhook's body is not JSON", { cause });
  }
}
