/** The contact that the console plays. */
export const CONTACT = { waId: "4915112345678", name: "Rosa Lind" } as const;

/** A webhook with one text message, as the WhatsApp Cloud API sends it. */
export function messageWebhook(
  phoneNumberId: string,
  message: { id: string; text: string; at: number },
): unknown {
  return webhook(phoneNumberId, {
    contacts: [{ profile: { name: CONTACT.name }, wa_id: CONTACT.waId }],
    messages: [{
      from: CONTACT.waId,
      id: message.id,
      timestamp: String(Math.floor(message.at / 1000)),
      type: "text",
      text: { body: message.text },
    }],
  });
}

/** A webhook that tells how far a reply got. */
export function statusWebhook(
  phoneNumberId: string,
  status: { id: string; status: "sent" | "delivered"; at: number; callbackData?: string },
): unknown {
  return webhook(phoneNumberId, {
    statuses: [{
      id: status.id,
      status: status.status,
      timestamp: String(Math.floor(status.at / 1000)),
      recipient_id: CONTACT.waId,
      ...status.callbackData === undefined ? {} : { biz_opaque_callback_data: status.callbackData },
    }],
  });
}

function webhook(phoneNumberId: string, value: Record<string, unknown>): unknown {
  return {
    object: "whatsapp_business_account",
    entry: [{
      id: "102290129340398",
      changes: [{
        field: "messages",
        value: {
          messaging_product: "whatsapp",
          metadata: { display_phone_number: "496990010099", phone_number_id: phoneNumberId },
          ...value,
        },
      }],
    }],
  };
}
