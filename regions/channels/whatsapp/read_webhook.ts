import { Uuid } from "../../../protocol/ids/names.ts";
import { WhatsAppMessagesValue, WhatsAppWebhook } from "./whatsapp_webhook.ts";
import { storableText } from "../../../protocol/text/storable_text.ts";
import type { MessageStatus } from "../../../protocol/interaction/message.ts";

/** A message from a contact, in the platform's terms. */
export interface InboundText {
  kind: "message";
  contact: string;
  contactName: string | null;
  providerMessageId: string;
  text: string;
  sentAt: number;
}

/** What the provider says of a message we sent. */
export interface DeliveryStatus {
  kind: "status";
  providerMessageId: string;
  /** Our id of it, if the provider gives it back. */
  messageId: string | null;
  status: MessageStatus;
  failure: string | null;
}

const STATUSES: Record<string, MessageStatus> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  failed: "failed",
};

/**
 * Reads a webhook body of the WhatsApp Cloud API into what it tells, in order. A message of a kind
 * that is not text yet is shown as its kind in brackets, so that nothing a contact sent is lost.
 * @throws ZodError when the body is not such a webhook
 */
export function readWebhook(
  body: unknown,
  phoneNumberId: string,
): (InboundText | DeliveryStatus)[] {
  const told: (InboundText | DeliveryStatus)[] = [];
  for (const entry of WhatsAppWebhook.parse(body).entry) {
    for (const change of entry.changes) {
      if (change.field !== "messages") continue;
      const value = WhatsAppMessagesValue.parse(change.value);
      if (value.metadata.phone_number_id !== phoneNumberId) continue;
      const names = new Map(value.contacts?.map((c) => [c.wa_id, c.profile?.name]));
      for (const message of value.messages ?? []) {
        told.push({
          kind: "message",
          contact: message.from,
          contactName: storableText(names.get(message.from) ?? "") || null,
          providerMessageId: storableText(message.id),
          text: storableText(message.text?.body ?? `[${message.type}]`),
          sentAt: Number(message.timestamp) * 1000,
        });
      }
      for (const update of value.statuses ?? []) {
        const status = STATUSES[update.status];
        if (!status) continue;
        const failure = update.errors?.[0]?.code;
        told.push({
          kind: "status",
          providerMessageId: storableText(update.id),
          messageId: Uuid.safeParse(update.biz_opaque_callback_data).data ?? null,
          status,
          failure: status === "failed" ? `provider-${failure ?? "unknown"}` : null,
        });
      }
    }
  }
  return told;
}
